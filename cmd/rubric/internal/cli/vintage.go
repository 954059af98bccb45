package cli

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"rubric/engine/dataset"
	"rubric/engine/grid"
)

// allPeriods asks for every period of a panel, a column each.
const allPeriods = "all"

// vintage is data with a label.
type vintage struct {
	label string
	of    *loaded // whose data these are; nil: those of the flags
	files dataFlags
	// Which of the files' periods it is: the one that its edition says is scored, or that
	// it was taken from a file for. Empty: nothing says so, but for its label.
	period string
}

// vintagesOf are the labelled data, or else those that the methods name.
func vintagesOf(methods []gridMethod, data, given []string) (out []vintage, err error) {
	if bare, ok := alone(data, given); ok {
		return unlabelled(methods, bare)
	}
	for _, list := range []struct {
		flag  string
		texts []string
	}{{"--data", data}, {"--given", given}} {
		for _, text := range list.texts {
			label, file, ok := strings.Cut(text, "=")
			if !ok || label == "" || file == "" {
				return nil, usage("%s: `%s` does not say which vintage it is: write LABEL=FILE; one file alone needs no label", list.flag, text)
			}
			if file == "-" {
				return nil, twice(list.flag)
			}
			k := slices.IndexFunc(out, func(v vintage) bool { return v.label == label })
			if k < 0 {
				k = len(out)
				out = append(out, vintage{label: label, files: dataFlags{data: []string{}, given: []string{}}})
			}
			if list.flag == "--data" {
				out[k].files.data = append(out[k].files.data, file)
			} else {
				out[k].files.given = append(out[k].files.given, file)
			}
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	for _, x := range methods {
		if len(x.m.Files.Data)+len(x.m.Files.Given) > 0 {
			out = append(out, vintage{label: x.label, of: x.loaded, period: x.only()})
		}
	}
	if len(out) == 0 {
		return nil, usage("no methodology names data: name them as --data LABEL=FILE")
	}
	return out, nil
}

func twice(flag string) error {
	return usage("%s: standard input can be read once, and a grid reads it for each method: name a file", flag)
}

// alone is the one data file that is named, if it has no label.
func alone(data, given []string) (string, bool) {
	if len(data) != 1 || len(given) > 0 || strings.Contains(data[0], "=") || data[0] == "" {
		return "", false
	}
	return data[0], true
}

// unlabelled are the vintages of one file: one for each of the periods that a method says is
// scored, in that order, or one that is called like the file.
func unlabelled(methods []gridMethod, file string) (out []vintage, err error) {
	if file == "-" {
		return nil, twice("--data")
	}
	for _, x := range methods {
		only := x.only()
		if only != "" && !slices.ContainsFunc(out, func(v vintage) bool { return v.label == only }) {
			out = append(out, vintage{label: only, period: only, files: dataFlags{data: []string{file}, given: []string{}}})
		}
	}
	if out == nil {
		name := filepath.Base(file)
		out = []vintage{{label: strings.TrimSuffix(name, filepath.Ext(name)), files: dataFlags{data: []string{file}, given: []string{}}}}
	}
	return out, nil
}

// only is the one period that a method says is scored; empty: it says none.
func (x gridMethod) only() string {
	if x.m.Periods == nil {
		return ""
	}
	return x.m.Periods.Only
}

// evaluated is a method on a vintage: a column, or one for each period where all are asked for.
// A method that says which one period is scored sees no other of the files', each time; any
// other one sees all of them, whichever is shown.
func (a *app) evaluated(x gridMethod, v vintage, asked string) (out []grid.Column, err error) {
	c, have, err := a.columnOf(x, v, func(have []string) string { return x.periodOf(v, asked, have) })
	if err != nil {
		return nil, err
	}
	if asked != allPeriods && (c.Result != nil || have != nil) {
		if err := hasPeriod(x.m, have, asked); err != nil {
			return nil, err
		}
	}
	switch {
	case c.Result == nil && (asked != allPeriods || x.only() == ""), len(have) == 0:
		return []grid.Column{c}, nil
	case asked != allPeriods:
		c.Period = x.periodOf(v, asked, have)
		return []grid.Column{c}, nil
	case x.only() == "":
		for _, p := range have {
			c.Period = p
			out = append(out, c)
		}
		return out, nil
	}
	for _, p := range have {
		c, _, err := a.columnOf(x, v, func([]string) string { return p })
		if err != nil {
			return nil, err
		}
		c.Period = p
		out = append(out, c)
	}
	return out, nil
}

// columnOf evaluates a method on a vintage, at the period that is chosen of those that it has if
// the method says that one alone is scored.
func (a *app) columnOf(x gridMethod, v vintage, choose func(have []string) string) (c grid.Column, have []string, err error) {
	of := v.of
	if of == nil {
		of = x.loaded
	}
	in, err := a.inputsOf(of, x.loaded, v.files)
	if err != nil {
		return c, nil, err
	}
	if v.of != nil { // how a file is laid out is for the method to say, and not of when its figures are
		for _, list := range [][]dataset.Input{in.Data, in.Given, in.Status} {
			for i := range list {
				list[i].Shape.Period = of.shape(path.Base(list[i].Name)).Period
			}
		}
	}
	in.Period = func(all []string) string {
		have = slices.Clone(all)
		if x.only() == "" || len(all) == 0 {
			return x.only()
		}
		return choose(all)
	}
	o, err := outcome(x.m, in)
	c = grid.Column{
		Method: x.label, Vintage: v.label, Of: x.m, Result: o.Result, Errors: o.Errors,
		Series: x.series, Word: x.verdict.Word, Reason: x.verdict.Reason,
	}
	return c, have, err
}

// periodOf is the period that a method is shown at on a vintage that has these.
func (x gridMethod) periodOf(v vintage, asked string, have []string) string {
	only, last := x.only(), have[len(have)-1]
	switch {
	case asked == allPeriods:
		return have[0]
	case asked != "" && slices.Contains(have, asked):
		return asked
	case asked != "": // which is refused
		return last
	case slices.Contains(have, v.period):
		return v.period
	case v.of == nil && slices.Contains(have, v.label):
		return v.label
	case only != "" && (slices.Contains(have, only) || len(have) > 1):
		return only
	}
	return last
}
