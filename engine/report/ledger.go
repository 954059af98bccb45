package report

import (
	"bufio"
	"cmp"
	"io"

	"rubric/engine"
)

// LedgerHeader is the header of a ledger.
const LedgerHeader = "unit,period,node,column,step,method,from,to\n"

// Ledger writes every cell that a step has changed, from what to what: cells of
// columns first, then those of nodes, in document order. An absent figure is empty.
// The result must have been evaluated with a ledger.
func Ledger(w io.Writer, r *engine.Result, v View) error {
	out := bufio.NewWriterSize(w, 1<<16)
	out.WriteString(LedgerHeader)
	var line []byte
	write := func(row int, node, column, step, method string, from, to *float64) error {
		if v.Period != "" && r.Data.Period(row) != v.Period {
			return nil
		}
		line = line[:0]
		for _, text := range []string{r.Data.ID(row), r.Data.Period(row), node, column, step, method} {
			line = append(appendText(line, text), ',')
		}
		for i, x := range []*float64{from, to} {
			if x != nil {
				line = appendNumber(line, *x)
			}
			line = append(line, ",\n"[i])
		}
		_, err := out.Write(line)
		return err
	}
	for _, c := range r.Data.Corrected {
		if err := write(c.Row, "", c.Column, "correct", "correction", c.Old, c.New); err != nil {
			return err
		}
	}
	for _, t := range r.Ledger {
		if err := write(t.Row, t.Node, t.Column, string(t.Step), cmp.Or(t.Method, string(t.Step)), t.From, t.To); err != nil {
			return err
		}
	}
	return out.Flush()
}
