package coinr

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"rubric/spec/diag"
)

// The types that a row of iMeta may have.
const (
	indicator   = "Indicator"
	aggregate   = "Aggregate"
	group       = "Group"
	denominator = "Denominator"
	other       = "Other"
)

var kinds = []string{indicator, aggregate, group, denominator, other}

// row is a row of iMeta.
type row struct {
	at                        int // of the sheet
	code, title, kind         string
	parent                    string // code; empty: none
	level                     int    // 0: none, or not said rightly
	lower                     bool   // less is better
	weight                    float64
	target                    *float64 // nil: none
	unit, denominator, source string

	id       string // unique among all rows
	children []*row
	looped   bool // it is above itself
}

// node says that the row is part of the index.
func (r *row) node() bool { return r.kind == indicator || r.kind == aggregate }

// readMeta reads iMeta and says what is wrong with it.
func (in *reader) readMeta() {
	in.required()
	for i := range in.meta.Rows {
		in.row(i)
	}
	in.hierarchy()
}

// required reports the headers that COINr cannot do without.
func (in *reader) required() {
	have := in.meta.headers()
	for _, header := range required {
		if in.meta.has(header) {
			continue
		}
		d := diag.New(diag.ImportFormat, in.meta.head(), "iMeta has no column `%s`", header).
			WithHelp("COINr wants the columns %s", listed(append([]string{hCode}, required...)))
		if near, ok := diag.Nearest(header, have); ok && !slices.Contains(required, near) {
			d.Place = in.meta.header(near).Place
			d = d.WithHelp("did you mean `%s` to be `%s`?", near, header)
		}
		in.list.Add(d)
	}
}

// listed is `a`, `b` and `c`.
func listed(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = "`" + w + "`"
	}
	if n := len(quoted); n > 1 {
		return strings.Join(quoted[:n-1], ", ") + " and " + quoted[n-1]
	}
	return strings.Join(quoted, "")
}

// row reads a row.
func (in *reader) row(i int) {
	r := &row{
		at: i, code: in.meta.ID(i), title: in.meta.at(i, hName), kind: in.meta.at(i, hType), parent: in.meta.at(i, hParent), weight: 1,
		unit: in.meta.at(i, hUnit), denominator: in.meta.at(i, hDenominator), source: in.meta.at(i, hSource),
	}
	if r.title == "" {
		r.title = r.code
	}
	if before := in.byCode[r.code]; before != nil {
		*in.report(diag.NameDuplicate, r, hCode, "the code `%s` stands twice", r.code) = in.list[len(in.list)-1].
			WithHelp("give one of the two another code, or remove it").WithRelated(in.meta.place(before.at, hCode), "the first one")
		return
	}
	in.byCode[r.code] = r
	in.codes = append(in.codes, r.code)
	in.p.rows = append(in.p.rows, r)
	if slices.Contains(special, r.code) {
		in.report(diag.ImportFormat, r, hCode, "`%s` is a column of its own in iData, and no code", r.code).Help = "remove the row, or give the column another name in both tables"
	}
	if in.meta.has(hType) && !slices.Contains(kinds, r.kind) {
		d := in.report(diag.ImportFormat, r, hType, "the type of `%s` is `%s`", r.code, in.meta.raw(i, hType))
		d.Help = "a type is one of " + listed(kinds)
		if near, ok := diag.Nearest(r.kind, kinds); ok {
			d.Help = fmt.Sprintf("did you mean `%s`?", near)
		}
		return
	}
	if !r.node() {
		return
	}
	in.level(r)
	in.direction(r)
	in.weight(r)
	in.target(r)
	if r.denominator != "" && r.kind == aggregate {
		in.report(diag.ImportFormat, r, hDenominator, "the aggregate `%s` has a denominator", r.code).Help = "only indicators are denominated"
	}
}

// figure is a number of iMeta.
func (in *reader) figure(r *row, header string) (float64, bool) {
	x, err := strconv.ParseFloat(in.meta.at(r.at, header), 64)
	return x, err == nil && !math.IsInf(x, 0) && !math.IsNaN(x)
}

// deepest is the highest level: a document is not nested without end.
const deepest = 150

func (in *reader) level(r *row) {
	if !in.meta.has(hLevel) {
		return
	}
	x, ok := in.figure(r, hLevel)
	switch {
	case !ok || x < 1 || x > deepest || x != math.Trunc(x):
		in.report(diag.ImportFormat, r, hLevel, "the level of `%s` is `%s`", r.code, in.meta.raw(r.at, hLevel)).Help =
			"a level is a whole number: 1 for indicators, one more for what holds them, and so on"
	case r.kind == indicator && x != 1:
		in.report(diag.ImportFormat, r, hLevel, "the indicator `%s` is at level %g", r.code, x).Help = "indicators are at level 1; what holds others is an `Aggregate`"
	case r.kind == aggregate && x == 1:
		in.report(diag.ImportFormat, r, hLevel, "the aggregate `%s` is at level 1", r.code).Help = "only indicators are at level 1"
	default:
		r.level = int(x)
	}
}

func (in *reader) direction(r *row) {
	// COINr asks an aggregate for a direction, too, and makes no use of it.
	if !in.meta.has(hDirection) || r.kind == aggregate && in.meta.at(r.at, hDirection) == "" {
		return
	}
	x, ok := in.figure(r, hDirection)
	if !ok || x != 1 && x != -1 {
		in.report(diag.DirectionWrong, r, hDirection, "the direction of `%s` is `%s`", r.code, in.meta.raw(r.at, hDirection)).Help =
			"write 1 where more is better, -1 where less is better"
	}
	r.lower = x == -1
}

func (in *reader) weight(r *row) {
	if !in.meta.has(hWeight) || r.parent == "" && in.meta.at(r.at, hWeight) == "" {
		return // nothing weighs the index
	}
	x, ok := in.figure(r, hWeight)
	if !ok || x < 0 {
		in.report(diag.WeightWrong, r, hWeight, "the weight of `%s` is `%s`", r.code, in.meta.raw(r.at, hWeight)).Help =
			"a weight is a number, 0 or more; it is relative to the others with the same parent"
		return
	}
	r.weight = x
}

// target reads the value that an indicator is to reach. COINr takes it up where its
// script normalises with n_dist2targ.
func (in *reader) target(r *row) {
	if r.kind != indicator || in.meta.at(r.at, hTarget) == "" {
		return
	}
	x, ok := in.figure(r, hTarget)
	if !ok {
		in.report(diag.ImportFormat, r, hTarget, "the target of `%s` is `%s`", r.code, in.meta.raw(r.at, hTarget)).Help = "a target is a number; leave the cell empty where there is none"
		return
	}
	r.target, in.p.targets = &x, true
}
