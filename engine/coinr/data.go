package coinr

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rubric/spec/diag"
)

// shown is how many findings of one kind about the cells of a column are listed.
const shown = 20

// readData holds iData against iMeta, and says what is wrong with it.
func (in *reader) readData() {
	in.p.panel = in.data.has(hTime)
	in.units()
	in.columns()
	figures := map[string][]float64{}
	for _, c := range in.p.columns {
		in.mark(c.header)
		if c.row == nil || c.row.kind != group {
			figures[c.header] = in.figures(c.header)
		}
	}
	if in.p.panel {
		in.mark(hTime)
	}
	for _, r := range in.p.rows {
		if r.kind == indicator && r.denominator != "" {
			in.zeros(r, figures[r.code], figures[r.denominator])
		}
	}
}

// some adds findings about cells of a column, and counts those beyond the first.
func (in *reader) some(list diag.List) {
	for i, d := range list[min(len(list), shown):] {
		if i == 0 {
			d.Unit, d.Related = "", nil
			d.Message = fmt.Sprintf("%d more findings of this kind from here on", len(list)-shown)
			list[shown] = d
		}
	}
	in.list.Add(list[:min(len(list), shown+1)]...)
}

// units reads units and times: each pair stands once.
func (in *reader) units() {
	type key struct{ unit, time string }
	first, times := map[key]int{}, map[string]bool{}
	var twice, wrong diag.List
	for i := range in.data.Rows {
		at := key{in.data.ID(i), in.data.at(i, hTime)}
		if in.p.panel {
			if _, ok := figure(at.time, in.data.comma()); !ok {
				wrong.Add(diag.New(diag.DataNumber, in.data.place(i, hTime), "the time of `%s` is `%s`, not a number", at.unit, in.data.raw(i, hTime)).
					WithUnit(at.unit).WithHelp("a time is a number such as 2020"))
				continue
			}
			times[at.time] = true
		}
		before, ok := first[at]
		if !ok {
			first[at] = i
			continue
		}
		when := ""
		if in.p.panel {
			when = " at the time " + at.time
		}
		twice.Add(diag.New(diag.DataDuplicate, in.data.place(i, hUnits), "the unit `%s` stands twice%s", at.unit, when).
			WithUnit(at.unit).WithHelp("keep one of the two rows").WithRelated(in.data.place(before, hUnits), "the first one"))
	}
	in.p.times = len(times)
	in.some(wrong)
	in.some(twice)
}

// columns settles which columns of iData a formula or a group needs.
func (in *reader) columns() {
	want := map[string]bool{}
	for _, r := range in.p.rows {
		if r.kind != indicator && r.kind != group {
			continue
		}
		want[r.code] = in.data.has(r.code)
		if !want[r.code] {
			in.lacks(r)
		}
		if r.kind == indicator && r.denominator != "" && in.denominates(r) {
			want[r.denominator] = true
		}
	}
	for _, header := range in.data.headers() {
		if want[header] {
			in.p.columns = append(in.p.columns, column{header: header, row: in.byCode[header]})
		}
	}
}

// lacks reports a column that iData does not have.
func (in *reader) lacks(r *row) {
	d := in.report(diag.DataColumn, r, hCode, "iData has no column `%s`", r.code)
	d.Help = "add it to " + in.data.Name + ", or remove the row"
	if near, ok := diag.Nearest(r.code, in.free()); ok {
		d.Help = fmt.Sprintf("did you mean `%s`?", near)
	}
}

// free are the headers of iData that iMeta does not know.
func (in *reader) free() []string {
	return slices.DeleteFunc(in.data.headers(), func(header string) bool {
		return in.byCode[header] != nil || slices.Contains(special, header)
	})
}

// denominates says whether the denominator of an indicator is a column that can
// be one: COINr looks for it among those that are no indicators.
func (in *reader) denominates(r *row) bool {
	by := in.byCode[r.denominator]
	switch {
	case by != nil && by.node():
		d := in.report(diag.ReferenceUnknown, r, hDenominator, "the denominator of `%s` is `%s`, which is of type `%s`", r.code, by.code, by.kind)
		*d = d.WithHelp("COINr divides by columns of the type `Denominator`: give iData the column once more under another code").
			WithRelated(in.meta.place(by.at, hType), "its type")
	case slices.Contains(special, r.denominator) || !in.data.has(r.denominator):
		d := in.report(diag.ReferenceUnknown, r, hDenominator, "the denominator of `%s` is `%s`, which is no column of iData", r.code, r.denominator)
		d.Help = "add it to " + in.data.Name + ", or leave the cell empty"
		if near, ok := diag.Nearest(r.denominator, in.denominators()); ok {
			d.Help = fmt.Sprintf("did you mean `%s`?", near)
		}
	default:
		return true
	}
	return false
}

// denominators are the headers that a denominator may have been meant as.
func (in *reader) denominators() (out []string) {
	for _, header := range in.data.headers() {
		if r := in.byCode[header]; !slices.Contains(special, header) && (r == nil || !r.node()) {
			out = append(out, header)
		}
	}
	return out
}

// mark notes the texts for no figure that a column has.
func (in *reader) mark(header string) {
	for i := range in.data.Rows {
		if text := in.data.raw(i, header); slices.Contains(absent, text) && !slices.Contains(in.p.markers, text) {
			in.p.markers = append(in.p.markers, text)
		}
	}
	slices.Sort(in.p.markers)
}

// figures reads the numbers of a column; NaN stands for none.
func (in *reader) figures(header string) []float64 {
	out := make([]float64, in.data.Rows)
	var wrong diag.List
	comma := in.data.comma()
	for i := range out {
		text := in.data.at(i, header)
		out[i] = math.NaN()
		if text == "" {
			continue
		}
		x, ok := figure(text, comma)
		if !ok {
			wrong.Add(diag.New(diag.DataNumber, in.data.place(i, header), "`%s` is not a number, in column `%s` of `%s`", text, header, in.data.ID(i)).
				WithUnit(in.data.ID(i)).WithHelp("write a number such as 1234.5, or NA where there is no figure"))
			continue
		}
		out[i] = x
	}
	in.some(wrong)
	return out
}

// number is how a figure is written: as data files of Rubric have it.
var number = regexp.MustCompile(`^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$`)

// figure reads a number; a comma may be its decimal mark where commas do not
// separate fields.
func figure(text string, comma bool) (float64, bool) {
	if comma && strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		text = strings.Replace(text, ",", ".", 1)
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, number.MatchString(text) && err == nil
}

// zeros reports figures that would be divided by zero. COINr goes on with an
// infinite one, which takes the scores of all others to the bottom.
func (in *reader) zeros(r *row, figures, by []float64) {
	var list diag.List
	for i := range min(len(figures), len(by)) {
		if by[i] != 0 || math.IsNaN(figures[i]) {
			continue
		}
		list.Add(diag.New(diag.ImportDiffers, in.data.place(i, r.denominator), "`%s` of `%s` is divided by zero, in column `%s`", r.code, in.data.ID(i), r.denominator).
			WithUnit(in.data.ID(i)).WithHelp("here the cell has no value; COINr goes on with an infinite one, which takes all other scores of `%s` to 0", r.code))
	}
	in.some(list)
}
