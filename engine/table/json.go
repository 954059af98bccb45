package table

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// shortest is the shortest text that reads back to the same double.
func shortest(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// record is one object of a JSON file, with the places of its values.
type record struct {
	keys   []string
	values []any
	lines  []int
	line   int
}

// readJSON reads records: an array of flat objects, or one object after the other.
// The keys are the headers; a key that an object lacks, and null, are no figure.
// Which columns there are is known at the end, so the records are kept.
func readJSON(r io.Reader, o Options) (*Table, diag.List, error) {
	lines := &lineCounter{r: r}
	d := json.NewDecoder(lines)
	d.UseNumber()
	p := &jsonReader{d: d, lines: lines, o: o}
	records, err := p.records()
	if lines.err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", o.Name, lines.err)
	}
	if err != nil {
		return nil, p.list.Sorted(), nil
	}
	var headers []Header
	at := map[string]int{}
	for _, rec := range records {
		for i, k := range rec.keys {
			if _, ok := at[k]; !ok {
				at[k] = len(headers)
				headers = append(headers, Header{Name: k, Place: source.Place{File: o.Name, Line: rec.lines[i]}, Index: len(headers)})
			}
		}
	}
	if len(records) == 0 {
		return nil, diag.List{diag.New(diag.DataEmpty, source.Place{File: o.Name}, "the file has no records").WithHelp("a list of objects, one a unit: [{\"city\": \"Ada\", \"gdp\": 1}]")}, nil
	}
	b, findings := newBuilder(o, headers, source.Place{File: o.Name, Line: records[0].line})
	if b == nil {
		return nil, findings, nil
	}
	for _, rec := range records {
		unit := ""
		if i := slices.Index(rec.keys, b.t.Key.Name); i >= 0 {
			unit = scalarText(rec.values[i])
		}
		b.row(unit, source.Place{File: o.Name, Line: rec.line})
		for i, k := range rec.keys {
			c := b.columns[at[k]]
			if c == nil {
				continue
			}
			place := source.Place{File: o.Name, Line: rec.lines[i]}
			switch v := rec.values[i].(type) {
			case json.Number:
				b.text(c, v.String(), place)
			case string:
				b.text(c, v, place)
			case bool:
				b.wrong(c, place, "is a truth value, where a figure is meant", "write 1 or 0", strconv.FormatBool(v))
			}
		}
	}
	return b.table()
}

// scalarText is a value as a unit's name.
func scalarText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// jsonReader reads records token by token.
type jsonReader struct {
	d     *json.Decoder
	lines *lineCounter
	o     Options
	list  diag.List
}

var errJSON = errors.New("reported")

func (p *jsonReader) fail(format string, args ...any) error {
	p.list.Add(diag.New(diag.DataSyntax, p.place(), format, args...).WithHelp("a list of flat objects, one a unit: [{\"city\": \"Ada\", \"gdp\": 1}]"))
	return errJSON
}

// place is the line of the last token.
func (p *jsonReader) place() source.Place {
	return source.Place{File: p.o.Name, Line: p.lines.line(p.d.InputOffset())}
}

func (p *jsonReader) token() (json.Token, error) {
	t, err := p.d.Token()
	switch {
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case err != nil:
		return nil, p.fail("the file is no JSON: %v", err)
	}
	return t, nil
}

func (p *jsonReader) records() (out []record, err error) {
	depth := 0
	for {
		t, err := p.token()
		switch {
		case err == io.EOF && depth == 0:
			return out, nil
		case err == io.EOF:
			return nil, p.fail("the list of records is not closed")
		case err != nil:
			return nil, err
		case t == json.Delim('[') && depth == 0 && len(out) == 0:
			depth = 1
		case t == json.Delim(']') && depth == 1:
			if _, err := p.token(); err != io.EOF {
				return nil, p.fail("something follows the list of records")
			}
			return out, nil
		case t == json.Delim('{'):
			rec, err := p.record()
			if err != nil {
				return nil, err
			}
			if out = append(out, rec); len(out) > maxRows {
				return nil, p.fail("more than %d records", maxRows)
			}
		default:
			return nil, p.fail("a record is an object, and here is %v", t)
		}
	}
}

func (p *jsonReader) record() (record, error) {
	out := record{line: p.place().Line}
	for {
		t, err := p.token()
		switch {
		case err == io.EOF:
			return out, p.fail("a record is not closed")
		case err != nil:
			return out, err
		case t == json.Delim('}'):
			return out, nil
		}
		key, _ := t.(string) // the decoder has seen a key
		if slices.Contains(out.keys, key) {
			return out, p.fail("the key `%s` stands twice in one record", cut([]byte(key)))
		}
		v, err := p.token()
		switch {
		case err == io.EOF:
			return out, p.fail("a record is not closed")
		case err != nil:
			return out, err
		}
		if _, nested := v.(json.Delim); nested {
			return out, p.fail("the value of `%s` is a list or an object, where a figure is meant", cut([]byte(key)))
		}
		if len(out.keys) == maxColumns {
			return out, p.fail("more than %d keys in a record", maxColumns)
		}
		out.keys, out.values, out.lines = append(out.keys, key), append(out.values, v), append(out.lines, p.place().Line)
	}
}

// lineCounter knows where the lines of what was read begin.
type lineCounter struct {
	r    io.Reader
	ends []int64 // offsets of line feeds that may still be asked for
	at   int64
	seen int // lines before them
	err  error
}

func (l *lineCounter) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			l.ends = append(l.ends, l.at+int64(i))
		}
	}
	l.at += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		l.err = err
	}
	return n, err
}

// line is the line of an offset, which never goes back.
func (l *lineCounter) line(offset int64) int {
	k := 0
	for k < len(l.ends) && l.ends[k] < offset {
		k++
	}
	l.ends, l.seen = l.ends[k:], l.seen+k
	return l.seen + 1
}
