package coinr

import (
	"fmt"
	"slices"

	"rubric/spec/diag"
	"rubric/spec/ident"
)

// name gives ids to all codes. Codes differ in more than ids can: capitals,
// dots; where two would have the same id, the later one gets a number.
func (in *reader) name() {
	given := map[string]string{} // the code of an id
	in.p.ids = given
	next := func(code string) string {
		id := ident.Unused(ident.Snake(code), given)
		if base := ident.Snake(code); id != base {
			at := in.data.header(code).Place
			if r := in.byCode[code]; r != nil {
				at = in.meta.place(r.at, hCode)
			}
			why := fmt.Sprintf("`%s` means something else in a document", base)
			if first := given[base]; first != "" {
				why = fmt.Sprintf("`%s` is the id of `%s`", base, first)
			}
			in.list.Add(diag.New(diag.ImportRenamed, at, "the code `%s` has the id `%s`, because %s", code, id, why))
		}
		given[id] = code
		return id
	}
	for _, r := range in.p.rows {
		if r != in.p.root && (r.node() || r.kind == group || slices.ContainsFunc(in.p.columns, func(c column) bool { return c.row == r })) {
			r.id = next(r.code)
		}
	}
	for i, c := range in.p.columns {
		if c.row != nil {
			in.p.columns[i].id = c.row.id
		} else {
			in.p.columns[i].id = next(c.header)
		}
	}
}
