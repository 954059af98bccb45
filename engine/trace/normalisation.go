package trace

import (
	"fmt"
	"math"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/engine/order"
	"rubric/spec/check"
)

// Normalisation is how a value became a score.
type Normalisation struct {
	Method    string    `json:"method"`
	Formula   string    `json:"formula"` // of the method, in plain text
	Ties      string    `json:"ties,omitempty"`
	Direction string    `json:"direction,omitempty"` // higher, lower, closest_to
	Target    float64   `json:"target,omitempty"`    // closest_to
	Distance  *float64  `json:"distance,omitempty"`  // of the value from the target
	Value     *float64  `json:"value"`
	Text      string    `json:"text,omitempty"`
	Standing  *Standing `json:"standing,omitempty"`
	Levels    []Level   `json:"levels,omitempty"` // lookup
	Terms     string    `json:"terms"`            // the arithmetic of the score: 60 − 0; empty where there is none to show
	Score     float64   `json:"score"`
}

// Standing is where a value stands among those of the ranked units.
type Standing struct {
	Units          int `json:"units"`  // N: how many count
	Better         int `json:"better"` // strictly
	Tied           int `json:"tied"`   // others
	Worse          int `json:"worse"`  // strictly
	Missing        int `json:"missing"`
	DistinctBetter int `json:"distinctBetter"`
	DistinctWorse  int `json:"distinctWorse"`
}

// Level is a judged level.
type Level struct {
	Text  string  `json:"text"`
	Score float64 `json:"score"`
}

// normalisation is nil where there is no value that became a score, or where
// nothing was done to it.
func (b *builder) normalisation(f *engine.Figures) *Normalisation {
	n := f.Node
	if f.Origin == engine.Given { // as its value
		n = b.r.Plan.Rule(n)
	}
	if f.Value.Valid == nil || !f.Value.Valid.Get(b.unit) || !f.Score.Valid.Get(b.unit) {
		return nil
	}
	if n.Normalise.Name == "none" && (n.Formula == nil || n.Level == check.Derived) {
		return nil
	}
	out := &Normalisation{
		Method: n.Normalise.Name, Formula: n.Normalise.Formula, Ties: n.Ties(),
		Direction: n.Direction.Kind, Target: n.Direction.Target, Score: f.Score.Values[b.unit],
	}
	if f.Texts != nil {
		out.Text = f.Texts[b.unit]
		for _, l := range n.Levels() {
			out.Levels = append(out.Levels, Level(l))
		}
		return out
	}
	out.Value = number(f.Value.At(b.unit))
	if n.Direction.Kind == "closest_to" {
		distance := math.Abs(*out.Value - n.Direction.Target)
		out.Distance = &distance
	}
	if !byRank(n.Normalise.Name) {
		if f.Node == n {
			out.Terms = b.scaled(f, *out.Value, out.Score)
		}
		return out
	}
	out.Standing = b.standing(oriented(f.Value, n.Direction), n.Missing == "floor")
	if terms, score := arithmetic(n.Normalise.Name, out.Ties, *out.Standing); score == out.Score {
		out.Terms = terms
	}
	return out
}

// byRank says whether a method scores the place of a value, not its size.
func byRank(name string) bool { return name == "rank_points" || name == "ascending_rank" }

// oriented turns values so that the higher is the better.
func oriented(v cell.Vector, d check.Direction) cell.Vector {
	if d.Kind != "lower" && d.Kind != "closest_to" {
		return v
	}
	out := cell.Vector{Values: make([]float64, v.Len()), Valid: v.Valid}
	for i, x := range v.Values {
		if d.Kind == "closest_to" {
			x = math.Abs(x - d.Target)
		}
		out.Values[i] = -x
	}
	return out
}

// standing counts where the unit's cell stands among cells of which the higher
// are better. Floored units count; others that have no figure do not.
func (b *builder) standing(v cell.Vector, floored bool) *Standing {
	v = b.among(v)
	above, equal, below := order.Position(v, b.unit)
	valid := v.Valid.Count()
	out := &Standing{Units: valid, Better: above, Tied: equal - 1, Worse: below, Missing: b.ranked - valid}
	if floored {
		out.Units = b.ranked
	}
	x := v.Values[b.unit]
	better, worse := map[float64]bool{}, map[float64]bool{}
	for i, y := range v.Values {
		switch {
		case !v.Valid.Get(i):
		case y > x:
			better[y] = true
		case y < x:
			worse[y] = true
		}
	}
	out.DistinctBetter, out.DistinctWorse = len(better), len(worse)
	return out
}

// arithmetic is how a method by rank makes a score of a standing.
func arithmetic(method, ties string, s Standing) (terms string, score float64) {
	low, high := 1+s.Worse, s.Worse+s.Tied+1 // of ascending_rank
	dense, denseScore := fmt.Sprintf("1 + %d", s.DistinctWorse), 1+s.DistinctWorse
	terms = fmt.Sprintf("%d + %d", s.Worse, s.Tied+1)
	if method == "rank_points" {
		low, high = s.Units-s.Better-s.Tied, s.Units-s.Better
		dense, denseScore = fmt.Sprintf("%d − %d", s.Units, s.DistinctBetter), s.Units-s.DistinctBetter
		terms = fmt.Sprintf("%d − %d", s.Units, s.Better)
	}
	switch ties {
	case "low":
		return fmt.Sprintf("1 + %d", low-1), float64(low)
	case "mean":
		return fmt.Sprintf("(%d + %d) / 2", high, low), float64(high+low) / 2
	case "dense":
		return dense, float64(denseScore)
	}
	return terms, float64(high)
}
