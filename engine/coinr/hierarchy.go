package coinr

import (
	"fmt"
	"slices"
	"strings"

	"rubric/spec/diag"
)

// hierarchy puts the rows below their parents, and says what is wrong with that.
func (in *reader) hierarchy() {
	if !in.meta.has(hParent) || !in.meta.has(hType) {
		return
	}
	astray := false // a row whose parent is not found may be the child that another lacks
	for _, r := range in.p.rows {
		astray = astray || !slices.Contains(kinds, r.kind)
		if r.node() && r.parent != "" && !in.adopt(r) {
			astray = true
		}
		if r.kind == indicator && r.parent == "" {
			in.report(diag.HierarchyShape, r, hParent, "the indicator `%s` has no parent", r.code).Help = "name the aggregate that it belongs to; one that does not count is of type `Other`"
		}
	}
	in.loops()
	in.roots()
	for _, r := range in.p.rows {
		in.shape(r, astray)
	}
}

// adopt puts a row below its parent, if there is one.
func (in *reader) adopt(r *row) bool {
	parent := in.byCode[r.parent]
	switch {
	case parent == nil:
		d := in.report(diag.ReferenceUnknown, r, hParent, "the parent of `%s` is `%s`, which is no code of iMeta", r.code, r.parent)
		d.Help = "give it a row of type `Aggregate`"
		if near, ok := diag.Nearest(r.parent, in.codes); ok {
			d.Help = fmt.Sprintf("did you mean `%s`?", near)
		}
		return false
	case parent.kind != aggregate:
		d := in.report(diag.HierarchyShape, r, hParent, "the parent of `%s` is `%s`, which is of type `%s`", r.code, r.parent, parent.kind)
		*d = d.WithHelp("only an `Aggregate` holds others").WithRelated(in.meta.place(parent.at, hType), "its type")
		return false
	}
	parent.children = append(parent.children, r)
	return true
}

// loops reports aggregates that are above themselves, each circle once.
func (in *reader) loops() {
	walk := map[*row]*row{} // from where the walk that came by began
	for _, r := range in.p.rows {
		at := r
		for at != nil && at.node() && walk[at] == nil {
			walk[at] = r
			at = in.byCode[at.parent]
		}
		if at == nil || !at.node() || walk[at] != r || at.looped {
			continue
		}
		way := []string{at.code}
		for c := at; !c.looped; way = append(way, c.code) {
			c.looped = true
			c = in.byCode[c.parent]
		}
		in.report(diag.HierarchyShape, at, hParent, "`%s` is above itself: %s", at.code, strings.Join(way, " → ")).Help =
			"one of them must have another parent, or none if it is the index"
	}
}

// roots finds the index.
func (in *reader) roots() {
	circle := false
	for _, r := range in.p.rows {
		circle = circle || r.looped
		switch {
		case r.kind != aggregate || r.parent != "":
		case in.p.root == nil:
			in.p.root = r
		default:
			d := in.report(diag.HierarchyShape, r, hParent, "`%s` has no parent, and neither has `%s`", r.code, in.p.root.code)
			*d = d.WithHelp("only the index has none: name the aggregate that it belongs to").WithRelated(in.meta.place(in.p.root.at, hParent), "the first without a parent")
		}
	}
	if in.p.root == nil && !circle {
		in.list.Add(diag.New(diag.HierarchyShape, in.meta.head(), "iMeta has no index").WithHelp("the highest `Aggregate` has no parent: its cell of `Parent` is empty or NA"))
	}
}

// shape checks a row with those below it.
func (in *reader) shape(r *row, astray bool) {
	if r.kind != aggregate {
		return
	}
	if len(r.children) == 0 {
		if !astray {
			in.report(diag.HierarchyShape, r, hCode, "the aggregate `%s` holds nothing", r.code).Help = "no row has it as its `Parent`: remove it, or give it children"
		}
		return
	}
	total := 0.0
	for _, c := range r.children {
		total += c.weight
		if r.level == 0 || c.level == 0 || r.looped && c.looped {
			continue
		}
		switch {
		case c.level >= r.level:
			d := in.report(diag.HierarchyShape, c, hLevel, "`%s` is at level %d, its parent `%s` at level %d", c.code, c.level, r.code, r.level)
			*d = d.WithHelp("a parent is at a higher level than what it holds").WithRelated(in.meta.place(r.at, hLevel), "the parent's level")
		case c.level < r.level-1:
			d := in.report(diag.ImportDiffers, c, hLevel, "`%s` is at level %d, its parent `%s` at level %d: COINr refuses such a gap", c.code, c.level, r.code, r.level)
			*d = d.WithHelp("it counts in `%s` all the same; for COINr, put an aggregate between them", r.code)
		}
	}
	if total == 0 {
		in.report(diag.WeightWrong, r, hCode, "the weights below `%s` are all zero", r.code).Help = "give at least one of them a weight; COINr has no figure for it"
	}
}
