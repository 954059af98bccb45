package compare

import (
	"encoding/csv"
	"io"

	"rubric/engine/report"
)

// Header is the header of the tidy CSV.
var Header = []string{
	"unit", "period_before", "period", "node", "node_before", "level", "score_before", "score", "difference", "rank_before", "rank", "place_before", "place", "places",
	"band_before", "band", "status_before", "status", "OBS_STATUS",
}

// CSV writes one row a unit and node, of the units of either side and the nodes of
// both: in the order of the new data and the new document, and then those that left.
// `place` is the rank among the units that both sides have; `places`, by how many of these
// the unit rose. Absent cells are empty.
//
// OBS_STATUS is the letter of the new score: B, a break in the series, where scores and
// ranks of the two versions are not comparable.
//
// Where a comparison says why, the rows are those of WhyHeader.
func CSV(w io.Writer, c *Comparison) error {
	if c.Why != nil {
		return whyCSV(w, c)
	}
	out := csv.NewWriter(w)
	if err := out.Write(Header); err != nil {
		return err
	}
	if len(c.Nodes) == 0 {
		out.Flush()
		return out.Error()
	}
	for i := range c.Nodes[0].Moves { // every node has all units, in one order
		for _, n := range c.Nodes {
			m := n.Moves[i]
			var periods [2]string
			for k, r := range []*report.Row{m.Old, m.New} {
				if r != nil {
					periods[k] = r.Period
				}
			}
			row := []string{m.Unit, periods[0], periods[1], n.Now.Path, n.Before.Path, n.Now.Level.String()}
			row = append(row, scoreText(m.Old), scoreText(m.New), "")
			if m.scored() {
				row[len(row)-1] = report.Number(m.New.Score - m.Old.Score)
			}
			row = append(row, rankText(m.Old), rankText(m.New), "", "", "")
			if m.OldPlace > 0 && m.NewPlace > 0 {
				at := len(row) - 3
				row[at], row[at+1], row[at+2] = report.Number(m.OldPlace), report.Number(m.NewPlace), report.Number(m.Places())
			}
			var bands, statuses [2]string
			for k, r := range []*report.Row{m.Old, m.New} {
				if r != nil {
					bands[k], statuses[k] = r.Band, r.Status
				}
			}
			row = append(row, bands[0], bands[1], statuses[0], statuses[1], c.letter(m.New))
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func scoreText(r *report.Row) string {
	if r == nil || !r.HasScore {
		return ""
	}
	return report.Number(r.Score)
}

func rankText(r *report.Row) string {
	if r == nil || !r.HasRank {
		return ""
	}
	return report.Number(r.Rank)
}

// letter is the OBS_STATUS letter of a new score; empty where the unit has left.
func (c *Comparison) letter(r *report.Row) string {
	if r == nil {
		return ""
	}
	return r.Letter(c.Verdict.Breaks())
}
