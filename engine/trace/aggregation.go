package trace

import (
	"rubric/engine"
)

// Aggregation is how a parent's value came of its children's scores.
type Aggregation struct {
	Method   string   `json:"method"`
	Formula  string   `json:"formula"`  // of the method, in plain text
	Adds     bool     `json:"adds"`     // the contributions of the terms add up to the value
	Weighted bool     `json:"weighted"` // the weights are not all 1
	Terms    []Term   `json:"terms"`
	Weights  float64  `json:"weights"` // of the terms that are there
	Sum      *float64 `json:"sum,omitempty"`
	Value    *float64 `json:"value"`
	Residual *float64 `json:"residual,omitempty"` // value less contributions, where it adds
	Omitted  int      `json:"omitted,omitempty"`  // children without a score that were left out
}

// Term is a child in an aggregation.
type Term struct {
	Path         string   `json:"path"`
	Title        string   `json:"title"`
	Level        string   `json:"level"`
	Origin       string   `json:"origin"`
	Status       string   `json:"status"`
	Weight       float64  `json:"weight"`
	Score        *float64 `json:"score"`
	Product      *float64 `json:"product,omitempty"`      // weight × score, where the aggregation adds
	Contribution *float64 `json:"contribution,omitempty"` // its part of the value, where the aggregation adds
	Rank         *float64 `json:"rank"`                   // by its own rule
	Place        *Place   `json:"place"`
	Floored      bool     `json:"floored,omitempty"`
	Omitted      bool     `json:"omitted,omitempty"`
}

func (b *builder) aggregation(f *engine.Figures) *Aggregation {
	n := f.Node
	method := n.Aggregate
	out := &Aggregation{Method: method.Name, Formula: method.Formula, Adds: method.Adds, Value: number(f.Value.At(b.unit))}
	for _, child := range n.Children {
		out.Terms = append(out.Terms, b.term(child.At))
		out.Weighted = out.Weighted || child.Weight != 1
	}
	for i := range out.Terms {
		t := &out.Terms[i]
		if t.Score != nil {
			out.Weights += t.Weight
		} else if n.Missing == "omit" && out.Value != nil {
			t.Omitted = true
			out.Omitted++
		}
	}
	out.add()
	return out
}

func (b *builder) term(at int) Term {
	f := &b.r.Nodes[at]
	n := f.Node
	out := Term{Path: n.Path, Title: n.Title, Level: n.Level.String(), Origin: f.Origin.String(), Status: b.r.Status(f, b.unit).String(), Weight: n.Weight}
	if f.Score.Valid == nil || !f.Score.Valid.Get(b.unit) {
		return out
	}
	out.Score, out.Place, out.Floored = number(f.Score.At(b.unit)), b.place(f), b.r.Floored(f, b.unit)
	if f.Rank != nil {
		out.Rank = &f.Rank[b.unit]
	}
	return out
}

// add fills in what each term brings to the value, for the methods that add.
func (a *Aggregation) add() {
	divisor := 1.0
	switch a.Method {
	case "sum":
	case "arithmetic_mean":
		divisor = a.Weights
	default:
		a.Adds = false // how it adds is not known here
	}
	if !a.Adds || a.Value == nil {
		return
	}
	sum, parts := 0.0, 0.0
	for i := range a.Terms {
		t := &a.Terms[i]
		if t.Score == nil {
			continue
		}
		product := float64(t.Weight * *t.Score)
		contribution := product / divisor
		t.Product, t.Contribution = &product, &contribution
		sum, parts = sum+product, parts+contribution
	}
	residual := *a.Value - parts
	a.Sum, a.Residual = &sum, &residual
}
