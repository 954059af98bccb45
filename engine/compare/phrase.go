package compare

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"rubric/engine"
	"rubric/engine/attribute"
	"rubric/engine/report"
	"rubric/spec/check"
	"rubric/spec/diff"
	"rubric/spec/method"
)

// nouns are what keys of a document are called in a sentence.
var nouns = map[string]string{
	"formula": "the formula", "direction": "the direction", "weight": "the weight", "weighting": "the weighting", "aggregate": "the aggregation",
	"normalise": "the normalisation", "treat": "the treatment", "missing": "the rule for missing figures", "min_coverage": "the least coverage",
	"round": "the rounding", "rank": "the rule of ranks", "single": "what is done with a single indicator", "given": "what is given", "given.as": "the use of the given figures",
	"impute": "the imputation", "screen": "the screen", "ties": "the tie rule", "of": "the weight",
}

// phrase is what changed, whose it is, and from what to what.
type phrase struct{ what, of, change string }

func (p phrase) String() string { return p.what + p.of + p.change }

// phraseOf says what a change is about in plain words, by titles and not by paths.
//
//	the weight of Economy (1 → 2); the tie rule of 66 indicators (high → mean); Learning (new)
func phraseOf(d *diff.Diff, c diff.Change) phrase {
	switch {
	case c.Key == "" && len(c.Acts) > 0:
		return phrase{what: structurePhrase(d, c)}
	case c.Key == "": // weights under a name
		return phrase{what: fmt.Sprintf("the %s (%s)", c.Subject, c.Kind)}
	}
	p := phrase{what: keyPhrase(d, c)}
	if of := subjectPhrase(d, c); of != "" {
		p.of = " of " + of
	}
	const long = 48
	before, after := short(c.Before), short(c.After)
	if before == after {
		before, after = c.Before, c.After
	}
	switch {
	case c.Kind == diff.Changed && len(before)+len(after) <= long:
		p.change = fmt.Sprintf(" (%s → %s)", before, after)
	case c.Kind == diff.Added && len(after) <= long:
		p.change = fmt.Sprintf(" (now %s)", after)
	case c.Kind == diff.Removed && len(before) <= long:
		p.change = fmt.Sprintf(" (%s no longer)", before)
	}
	return p
}

// keyPhrase says what a key is: by its own name, or as the catalogue calls the parameter
// of a method.
func keyPhrase(d *diff.Diff, c diff.Change) string {
	if noun := nouns[c.Key]; noun != "" {
		return noun
	}
	parts := strings.Split(c.Key, ".")
	last, what := parts[len(parts)-1], nouns[parts[0]]
	switch {
	case parts[0] == "screen" && nouns[last] != "":
		return nouns[last] + " of the screen"
	case parts[0] == "of" && len(parts) > 1: // of a set of weights
		if n, _ := d.New.Node(strings.Join(parts[1:], ".")); n != nil {
			return "the weight of " + theTitle(n)
		}
		return "the weight of `" + strings.Join(parts[1:], ".") + "`"
	case nouns[last] != "":
		return nouns[last]
	case parameterPhrase(d, c, last) != "":
		return parameterPhrase(d, c, last)
	case what != "":
		return fmt.Sprintf("`%s` in %s", strings.Join(parts[1:], "."), what)
	}
	return "`" + c.Key + "`"
}

// parameterPhrase is what the catalogue says that a parameter of a normalisation or an
// aggregation is, if that is short.
func parameterPhrase(d *diff.Diff, c diff.Change, name string) string {
	step, of := method.Normalise, func(n *check.Node) string { return n.Normalise.Method }
	if strings.HasPrefix(c.Key, "aggregate.") {
		step, of = method.Aggregate, func(n *check.Node) string { return n.Aggregate.Method }
	} else if !strings.HasPrefix(c.Key, "normalise.") {
		return ""
	}
	for _, path := range c.Acts {
		if n := pathNode(d.New, path); n != nil {
			signature, _ := engine.Catalogue().Find(step, of(n))
			param, _ := signature.Param(name)
			doc := param.Doc
			if i := strings.IndexAny(doc, ",;:"); i >= 0 {
				doc = doc[:i]
			}
			if strings.HasPrefix(doc, "the ") {
				return doc
			}
		}
	}
	return ""
}

// short is a method without its parameters, in words.
func short(value string) string {
	if list, ok := strings.CutPrefix(value, "["); ok && !strings.Contains(list, "}, ") && (strings.HasPrefix(list, "{") || !strings.Contains(list, ", ")) {
		value = strings.TrimSuffix(list, "]") // of one method
	}
	for _, key := range []string{"{method: ", "{rule: "} {
		if rest, ok := strings.CutPrefix(value, key); ok {
			value, _, _ = strings.Cut(strings.TrimSuffix(rest, "}"), ",")
		}
	}
	if word.MatchString(value) {
		return strings.ReplaceAll(value, "_", " ")
	}
	return value
}

// word is the name of a method.
var word = regexp.MustCompile(`^[a-z]+(_[a-z]+)+$`)

// subjectPhrase says whose key it is.
func subjectPhrase(d *diff.Diff, c diff.Change) string {
	if len(c.Acts) == 0 {
		switch {
		case c.Subject == "document":
			return ""
		case strings.HasPrefix(c.Key, "of."):
			return "" // it is said of the node
		}
		return "the " + c.Subject
	}
	levels := map[check.Level]int{}
	var one *check.Node
	for _, path := range c.Acts {
		if n := pathNode(d.New, path); n != nil {
			levels[n.Level]++
			one = n
		}
	}
	switch {
	case len(c.Acts) == 1 && one != nil:
		return theTitle(one)
	case len(levels) == 1 && one.Level != check.Derived:
		plural := map[check.Level]string{check.Indicator: "indicators", check.Variable: "variables", check.Dimension: "dimensions"}
		return report.Plural(len(c.Acts), one.Level.String(), plural[one.Level])
	}
	return report.Plural(len(c.Acts), "node", "nodes")
}

func pathNode(m *check.Methodology, path string) *check.Node {
	i := slices.IndexFunc(m.Nodes, func(n *check.Node) bool { return n.Path == path })
	if i < 0 {
		return nil
	}
	return m.Nodes[i]
}

// structurePhrase says of nodes that they came, went or moved.
func structurePhrase(d *diff.Diff, c diff.Change) string {
	named := func(m *check.Methodology, path string) string {
		if n := pathNode(m, path); n != nil {
			return title(n)
		}
		return path
	}
	switch c.Kind {
	case diff.Added:
		return named(d.New, c.Subject) + " (new)"
	case diff.Removed:
		return named(d.Old, c.Subject) + " (gone)"
	case diff.Merged:
		return fmt.Sprintf("%s (part of %s now)", named(d.Old, c.Subject), named(d.New, c.After))
	}
	if n := pathNode(d.New, c.Subject); n != nil && n.Parent != nil {
		return fmt.Sprintf("%s (in %s now)", title(n), title(n.Parent))
	}
	return named(d.New, c.Subject) + " (moved)"
}

// factorPhrase says in plain words what a factor is.
func factorPhrase(c *Comparison, f attribute.Factor) string {
	return factorText(c, f, false)
}

// factorAgain says it to somebody who has been told from what to what it changed.
func factorAgain(c *Comparison, f attribute.Factor) string {
	return factorText(c, f, true)
}

func factorText(c *Comparison, f attribute.Factor, again bool) string {
	parts := methodPhrases(c.Diff, f.Changes, again)
	kinds := append(slices.Clone(f.Parts), f.Kind)
	for _, part := range []struct {
		kind attribute.Kind
		text string
	}{
		{attribute.Revision, "the revision of the old figures"},
		{attribute.NewData, figuresText(f)},
		{attribute.Units, unitsText(c, f)},
		{attribute.Rest, "what no change that is listed accounts for"},
	} {
		if slices.Contains(kinds, part.kind) {
			parts = append(parts, part.text)
		}
	}
	const most = 4
	switch n := len(parts); {
	case n < 2:
		return strings.Join(parts, "")
	case n > most:
		return fmt.Sprintf("%s together with %d other changes", parts[0], n-1)
	}
	return parts[0] + " together with " + listed(parts[1:])
}

// methodPhrases say the changes of a factor that are of the method. Several of one node
// name it once, and so do several of one kind.
func methodPhrases(d *diff.Diff, changes []diff.Change, again bool) []string {
	var all []phrase
	for _, x := range changes {
		if x.Class == diff.Data {
			continue
		}
		p := phraseOf(d, x)
		if again {
			p.change = ""
		}
		all = append(all, p)
	}
	shared := len(all) > 1 && all[0].of != "" && !slices.ContainsFunc(all, func(p phrase) bool { return p.of != all[0].of })
	same := len(all) > 1 && all[0].of != "" && !slices.ContainsFunc(all, func(p phrase) bool { return p.what != all[0].what || p.of == "" })
	var out []string
	for _, p := range all {
		switch {
		case shared:
			p.of = ""
		case same:
			p = phrase{what: strings.TrimPrefix(p.of, " of ")}
		}
		out = append(out, p.String())
	}
	switch {
	case shared:
		return []string{listed(out) + all[0].of}
	case same:
		return []string{all[0].what + " of " + listed(out)}
	}
	return out
}

// listed is a list as a sentence has it.
func listed(parts []string) string {
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
	return strings.Join(parts, "")
}

// unitsText says who entered and who left: by name, if they are few.
func unitsText(c *Comparison, f attribute.Factor) string {
	u := c.Diff.New.Units
	if c.panel() { // there a factor is of rows
		t := c.Turnover()
		if f.Entered, f.Left = t.Entered, t.Left; len(f.Entered)+len(f.Left) == 0 {
			return "figures of " + report.Plural(max(len(t.EnteredPeriods)+len(t.Dropped), 1), "other "+periodNoun(c), "other "+periodNoun(c)+"s")
		}
	}
	few := func(names []string) string {
		if len(names) <= 2 {
			return strings.Join(names, " and ")
		}
		return report.Plural(len(names), u.Noun, u.Plural)
	}
	switch {
	case len(f.Left) == 0:
		return "the entry of " + few(f.Entered)
	case len(f.Entered) == 0:
		return "the exit of " + few(f.Left)
	}
	return fmt.Sprintf("the entry of %s and the exit of %s", few(f.Entered), few(f.Left))
}

// figuresText says what data are new, where the document says it.
func figuresText(f attribute.Factor) string {
	for _, x := range f.Changes {
		if x.Key == "periods.only" && x.Before != "" && x.After != "" {
			return fmt.Sprintf("the figures of %s instead of %s", strings.Trim(x.After, `"`), strings.Trim(x.Before, `"`))
		}
	}
	return "the new figures"
}
