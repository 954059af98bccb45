package compare

import (
	"encoding/csv"
	"io"
	"math"

	"rubric/engine/report"
)

// WhyHeader is the header of the tidy CSV of effects.
var WhyHeader = []string{
	"unit", "period", "node", "factor", "kind", "what", "score", "rank", "rank_own", "score_alone", "rank_alone", "score_in_order", "rank_in_order", "note",
}

// whyCSV writes one row a unit, node and factor, of the units that have a score on both
// sides. Over the factors, `score` and `rank` sum to the changes; `score_alone` is what a
// factor does where nothing else is new, `rank_own` the part of an effect of figures that the
// unit's own did, of the node that is told, and `score_in_order` what it adds to those
// before it, where an order was asked for. A change that cannot be attributed has empty
// cells, and says why under `note`.
func whyCSV(w io.Writer, c *Comparison) error {
	out := csv.NewWriter(w)
	if err := out.Write(WhyHeader); err != nil {
		return err
	}
	for _, n := range c.Why.Nodes {
		for _, u := range n.Units {
			for i, f := range c.Why.Factors {
				row := []string{u.ID, u.Period, n.Now.Path, f.Name, string(f.Kind), factorPhrase(c, f)}
				for _, x := range [][]float64{u.Score.By, u.Rank.By, u.Own, u.Score.Alone, u.Rank.Alone, u.Score.Steps, u.Rank.Steps} {
					cell := ""
					if x != nil && !math.IsNaN(x[i]) {
						cell = report.Number(x[i])
					}
					row = append(row, cell)
				}
				if err := out.Write(append(row, u.Score.Reason)); err != nil {
					return err
				}
			}
		}
	}
	out.Flush()
	return out.Error()
}
