package diff

import (
	"slices"
	"strings"

	"rubric/spec/check"
	"rubric/spec/diag"
)

// The keys of nodes, by what a change of them is about. A parameter of a method is a
// number that its method stays the same for; a rule by a name is a method of its own.
var (
	editorial  = []string{"title", "description", "note", "display", "measure", "unproven", "publisher", "url", "headline", "status", "comparability", "reason"}
	parameters = []string{"weight", "weighting", "low", "high", "to", "cap", "reference", "exponent", "probability", "decimals", "by", "min_coverage", "expect", "from", "up_to", "above", "below", "levels", "steps"}
)

// judge says what kind of thing a change is about, and what it does to comparability.
func (w *differ) judge(c Change) (Class, diag.Severity, string) {
	node := len(c.Acts) > 0
	switch {
	case c.Key == "" && node:
		switch {
		case c.Kind == Renamed:
			return Structure, diag.Info, "a name is no figure"
		case w.derived(c):
			return Structure, diag.Info, "it stands beside the index, and no other figure is made of it"
		}
		return Structure, diag.Error, "another set of nodes makes another score"
	case c.Subject == "document" && strings.HasPrefix(c.Key, "files.published"), c.Subject == "document" && c.Key == "files.deviations":
		return Editorial, diag.Info, "published figures are held against results, and make none"
	case strings.HasPrefix(c.Subject, "column "):
		return column(c)
	case strings.HasPrefix(c.Subject, "weights "):
		switch {
		case c.Key == "title" || strings.HasPrefix(c.Key, "title."):
			return Editorial, diag.Info, "no figure depends on it"
		case len(c.through) == 0:
			return Parameter, diag.Info, "no node takes its weights from it"
		case w.weighAlike(c.through):
			return Parameter, diag.Info, "everything counts for as much as before"
		}
		return Parameter, diag.Error, "other weights make other scores"
	case said(c.Key):
		return Editorial, diag.Info, "no figure depends on it"
	case strings.HasPrefix(c.Subject, "source "), strings.HasPrefix(c.Subject, "reason "):
		return Editorial, diag.Info, "no figure depends on it"
	case strings.HasPrefix(c.Key, "bands"):
		return Parameter, diag.Warning, "scores and ranks stay, and units may be in another band"
	case c.Subject == "document" && c.Key == "screen" || strings.HasPrefix(c.Key, "screen."):
		return Method, diag.Error, "another set of units is ranked"
	case c.Key == "units.expect":
		return Data, diag.Info, "it only checks how many units there are"
	case c.Key == "units.only", c.Key == "units.leave_out":
		return Data, diag.Warning, "other units are ranked"
	case !node:
		return Data, diag.Warning, "the method is the same, and its data may differ"
	case c.Key == "weight" && w.weighAlike(w.parents(c.Acts)), c.Key == "weighting" && w.weighAlike(c.Acts):
		return Parameter, diag.Info, "everything counts for as much as before"
	case (c.Key == "rank" || strings.HasPrefix(c.Key, "rank.")) && len(w.tied(c.Acts)) > 0:
		return Method, diag.Error, "it breaks ties, and now otherwise"
	case c.Key == "rank" && c.Kind == Added:
		return Method, diag.Info, "a rank more, and no other figure"
	case c.Key == "rank" && c.Kind == Removed:
		return Method, diag.Warning, "it is ranked no longer, and its score stays"
	case slices.Contains(parameters, last(c.Key)):
		return Parameter, diag.Error, "the same method with another number"
	}
	return Method, diag.Error, "figures are made in another way"
}

// derived says whether all nodes that came or went are derived figures.
func (w *differ) derived(c Change) bool {
	m := w.a.new
	if c.Kind == Removed || c.Kind == Merged {
		m = w.a.old
	}
	return !slices.ContainsFunc(c.Acts, func(path string) bool {
		n := at(m, path)
		return n == nil || n.Level != check.Derived
	})
}

// tied are the nodes, in either version, whose ties one of some nodes breaks: by its rank,
// which says what is best.
func (w *differ) tied(paths []string) (out []*check.Node) {
	for _, m := range []*check.Methodology{w.a.new, w.a.old} {
		for _, n := range m.Nodes {
			if n.Rank == nil {
				continue
			}
			for _, name := range n.Rank.By {
				by, _ := m.Node(name)
				if by == nil {
					continue
				}
				path := by.Path
				if m == w.a.old {
					path = w.a.now[path]
				}
				if slices.Contains(paths, path) {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// parents are the nodes above some others.
func (w *differ) parents(paths []string) (out []string) {
	for _, path := range paths {
		if n := at(w.a.new, path); n != nil && n.Parent != nil && !slices.Contains(out, n.Parent.Path) {
			out = append(out, n.Parent.Path)
		}
	}
	return out
}

// shared are the aggregations in which weights are shares: means. In all others a weight
// is a factor.
var shared = []string{"arithmetic_mean", "geometric_mean", "harmonic_mean", "generalised_mean"}

// weighAlike says whether the children of some nodes count for as much as before: in a
// mean by their shares, else by their weights.
func (w *differ) weighAlike(parents []string) bool {
	for _, path := range parents {
		n := at(w.a.new, path)
		was := at(w.a.old, w.a.before[n.Path])
		if was == nil || len(was.Children) != len(n.Children) || (was.Weighting == "") != (n.Weighting == "") {
			return false
		}
		before, after := total(was), total(n)
		if !slices.Contains(shared, n.Aggregate.Method) || !slices.Contains(shared, was.Aggregate.Method) {
			before, after = 1, 1
		}
		for _, child := range n.Children {
			old := at(w.a.old, w.a.before[child.Path])
			if old == nil || old.Parent != was || float64(old.Weight*after) != float64(child.Weight*before) {
				return false
			}
		}
	}
	return true
}

func total(n *check.Node) (sum float64) {
	for _, child := range n.Children {
		sum += child.Weight
	}
	return sum
}

// texts are the keys of what may stand in several languages.
var texts = []string{"title", "description", "note", "publisher", "reason"}

// said says whether a key is of what is said to people: a text, or what it is in one of
// its languages, as `bands.high.title.zh`.
func said(key string) bool {
	above := last(strings.TrimSuffix(key, "."+last(key)))
	return slices.Contains(editorial, last(key)) || above != last(key) && slices.Contains(texts, above)
}

// column judges a change of a column.
func column(c Change) (Class, diag.Severity, string) {
	switch key := strings.Split(c.Key, ".")[0]; key {
	case "impute", "treat":
		return Method, diag.Error, "cells are changed in another way before any formula"
	case "title", "note", "description":
		return Editorial, diag.Info, "no figure depends on it"
	case "measure":
		return Data, diag.Warning, "the same figure in another measure is another number"
	case "":
		if c.Kind == Renamed {
			return Data, diag.Info, "a name is no figure"
		}
		return Data, diag.Info, "a column acts through the formulas that name it"
	}
	return Data, diag.Warning, "the method is the same, and its data may differ"
}
