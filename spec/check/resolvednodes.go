package check

import (
	"slices"
	"strconv"
	"strings"

	"rubric/spec/tree"
)

// node writes a node and what it holds. A variable is never written in place:
// its own choices and those of its indicator stand apart.
func (w *writer) node(depth int, n *Node) {
	w.at(n.Place, n.keys(), func() {
		w.line(depth, "%s:", n.ID)
		w.said(depth+1, n)
		if len(n.Children) == 0 {
			return
		}
		w.block(depth+1, n.Children[0].Level.String()+"s", func() {
			for _, child := range n.Children {
				w.node(depth+2, child)
			}
		})
	})
}

// said writes what is said of a node.
func (w *writer) said(depth int, n *Node) {
	w.title(depth, "title", n.Title)
	w.title(depth, "description", n.Description)
	if n.Formula != nil {
		w.text(depth, "formula", n.Formula.Text)
		w.choice(n, "direction", func() {
			switch n.Direction.Kind {
			case "":
			case "closest_to":
				w.line(depth, "direction: {closest_to: %s}", number(n.Direction.Target))
			default:
				w.line(depth, "direction: %s", tree.Scalar(n.Direction.Kind))
			}
		})
	}
	if n.Parent.Weighting == "given" && !n.Parent.Single { // else nothing, or another place, says it
		w.pair(depth, "weight", number(n.Weight))
	}
	w.choices(depth, n)
	w.bands(depth, n.Bands)
	w.pair(depth, "given", "{as: "+n.GivenAs+"}")
	if n.Formula != nil {
		w.text(depth, "display", n.Display)
		w.text(depth, "measure", n.Measure)
	}
	if len(n.Unproven) > 0 {
		w.pair(depth, "unproven", list(n.Unproven))
	}
}

// keys are what is written of a node. An indicator in place has some of the keys of its
// variable, and its title where it has none of its own.
func (n *Node) keys() *tree.Node {
	if !n.InPlace {
		return n.own
	}
	out := *n.Parent.own
	out.Entries = nil
	for _, e := range n.Parent.own.Entries {
		switch {
		case e.Key.Value == "title" && n.Parent.own.Get("indicator") == nil:
			out.Entries = append(out.Entries, e)
		case e.Key.Value == "indicator":
			key := *e.Key
			key.Value = "title"
			out.Entries = append(out.Entries, tree.Entry{Key: &key, Value: e.Value})
		case slices.Contains(inPlaceOnly, e.Key.Value) || e.Key.Value == "given":
			out.Entries = append(out.Entries, e)
		}
	}
	return &out
}

// choices writes what the node does.
func (w *writer) choices(depth int, n *Node) {
	choice := func(key, value string) {
		if value != "" {
			w.choice(n, key, func() { w.line(depth, "%s: %s", key, value) })
		}
	}
	if n.Aggregate.Method != "" {
		choice("aggregate", written(n.Aggregate, "method"))
		choice("weighting", n.Weighting)
	}
	if n.Level == Variable && len(n.Children) == 1 {
		single := "normalise"
		if n.Single {
			single = "keep"
		}
		choice("single", single)
	}
	if !n.Single && n.Level != Derived { // else the score of its one indicator
		choice("normalise", written(n.Normalise, "method"))
	}
	if len(n.Treat) > 0 {
		choice("treat", writtenAll(n.Treat))
	}
	if n.Impute != nil {
		choice("missing", "{impute: "+written(*n.Impute, "method")+", else: "+n.Missing+"}")
	} else if n.Level != Derived {
		choice("missing", n.Missing)
	}
	switch c := n.MinCoverage; {
	case c.Condition != nil:
		choice("min_coverage", "{condition: "+tree.Scalar(c.Condition.Text)+"}")
	case c.Percent > 0:
		choice("min_coverage", number(c.Percent)+"%")
	case c.Count > 0:
		choice("min_coverage", strconv.Itoa(c.Count))
	}
	if n.Round != nil {
		choice("round", written(*n.Round, "rule"))
	}
	if n.Rank != nil {
		by := ""
		if n.Rank.By != nil {
			by = ", by: " + list(n.Rank.By)
		}
		choice("rank", "{rule: "+n.Rank.Rule+", best: "+n.Rank.Best+by+"}")
	}
}

func (w *writer) bands(depth int, bands []Band) {
	if len(bands) == 0 {
		return
	}
	w.block(depth, "bands", func() {
		for _, b := range bands {
			out := w.flow(b.ID, "title", b.Title)
			if x := bounds(b.Low, b.High, b.LowIncluded, b.HighIncluded); x != "" {
				out += ", " + strings.TrimSuffix(x, ", ")
			}
			w.pair(depth+1, b.ID, "{"+out+"}")
		}
	})
}

// derived writes the expressions over nodes.
func (w *writer) derived(m *Methodology) {
	var derived []*Node
	for _, n := range m.Nodes {
		if n.Level == Derived {
			derived = append(derived, n)
		}
	}
	if len(derived) == 0 {
		return
	}
	w.block(0, "derive", func() {
		for _, n := range derived {
			w.at(n.Place, n.own, func() {
				w.line(1, "%s:", n.ID)
				w.title(2, "title", n.Title)
				w.title(2, "description", n.Description)
				w.text(2, "formula", n.Formula.Text)
				w.choices(2, n)
				w.bands(2, n.Bands)
				w.text(2, "display", n.Display)
				w.text(2, "measure", n.Measure)
				if len(n.Unproven) > 0 {
					w.pair(2, "unproven", list(n.Unproven))
				}
			})
		}
	})
}
