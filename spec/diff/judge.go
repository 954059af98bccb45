package diff

import (
	"slices"
	"strings"

	"rubric/spec/diag"
)

// The keys of nodes, by what a change of them is about. A parameter of a method is a
// number that its method stays the same for; a rule by a name is a method of its own.
var (
	editorial  = []string{"title", "description", "note", "display", "measure", "unproven", "publisher", "url", "headline", "status", "comparability", "reason"}
	parameters = []string{"weight", "weighting", "low", "high", "to", "cap", "reference", "exponent", "probability", "decimals", "best", "by", "min_coverage", "expect", "from", "up_to", "above", "below", "levels", "steps"}
)

// judge says what kind of thing a change is about, and what it does to comparability.
func judge(c Change) (Class, diag.Severity, string) {
	node := len(c.Acts) > 0
	switch {
	case c.Key == "" && node:
		if c.Kind == Renamed {
			return Structure, diag.Info, "a name is no figure"
		}
		return Structure, diag.Error, "another set of nodes makes another score"
	case c.Subject == "document" && strings.HasPrefix(c.Key, "files.published"), c.Subject == "document" && c.Key == "files.deviations":
		return Editorial, diag.Info, "published figures are held against results, and make none"
	case slices.Contains(editorial, last(c.Key)) && !strings.HasPrefix(c.Subject, "weights "):
		return Editorial, diag.Info, "no figure depends on it"
	case strings.HasPrefix(c.Subject, "source "), strings.HasPrefix(c.Subject, "reason "):
		return Editorial, diag.Info, "no figure depends on it"
	case strings.HasPrefix(c.Subject, "column "):
		return column(c)
	case strings.HasPrefix(c.Subject, "weights "):
		return Parameter, diag.Error, "other weights make other scores"
	case strings.HasPrefix(c.Key, "bands"):
		return Parameter, diag.Warning, "scores and ranks stay, and units may be in another band"
	case c.Subject == "document" && c.Key == "screen" || strings.HasPrefix(c.Key, "screen."):
		return Method, diag.Error, "another set of units is ranked"
	case !node:
		return Data, diag.Warning, "the method is the same, and its data may differ"
	case slices.Contains(parameters, last(c.Key)):
		return Parameter, diag.Error, "the same method with another number"
	}
	return Method, diag.Error, "figures are made in another way"
}

// column judges a change of a column.
func column(c Change) (Class, diag.Severity, string) {
	switch key := strings.Split(c.Key, ".")[0]; key {
	case "impute", "treat":
		return Method, diag.Error, "cells are changed in another way before any formula"
	case "title", "note", "measure":
		return Editorial, diag.Info, "no figure depends on it"
	case "":
		return Data, diag.Info, "a column acts through the formulas that name it"
	}
	return Data, diag.Warning, "the method is the same, and its data may differ"
}
