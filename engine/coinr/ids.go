package coinr

import (
	"fmt"
	"slices"
	"strings"

	"rubric/spec/diag"
)

// taken are ids that mean something else in a document: the root, words of the
// formula language, and words that YAML readers take for something else.
var taken = []string{
	"index", "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace", "null",
	"package", "return", "true", "var", "void", "while", "yes", "no", "on", "off", "y", "n",
}

// name gives ids to all codes. Codes differ in more than ids can: capitals,
// dots; where two would have the same id, the later one gets a number.
func (in *reader) name() {
	given := map[string]string{} // the code of an id
	in.p.ids = given
	next := func(code string) string {
		id := unused(snake(code), given)
		if base := snake(code); id != base {
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

// unused is an id that nothing else has: the base, or the base with a word or a
// number behind it.
func unused(base string, given map[string]string) string {
	if slices.Contains(taken, base) {
		base += "_code"
	}
	id := base
	for n := 2; given[id] != ""; n++ {
		id = fmt.Sprintf("%s_%d", base, n)
	}
	return id
}

// snake is a code in small letters, with an underscore before a capital that
// follows a small letter, and for everything that an id cannot have:
// CostImpEx is cost_imp_ex, P2P is p2p, Group_GDP.cap is group_gdp_cap.
func snake(code string) string {
	var b strings.Builder
	small, gap := false, false
	for _, r := range code {
		upper := r >= 'A' && r <= 'Z'
		if !upper && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			small, gap = false, true
			continue
		}
		if (gap || upper && small) && b.Len() > 0 {
			b.WriteByte('_')
		}
		if b.Len() == 0 && r >= '0' && r <= '9' {
			b.WriteString("c_")
		}
		if upper {
			r += 'a' - 'A'
		}
		b.WriteRune(r)
		small, gap = r >= 'a' && r <= 'z' && !upper, false
	}
	if b.Len() == 0 {
		return "code"
	}
	return b.String()
}

// Slug is a text as the name of a folder: small letters, digits and hyphens.
func Slug(text string) string {
	out := strings.ReplaceAll(snake(strings.ToLower(text)), "_", "-")
	if out == "code" {
		return "index"
	}
	if len(out) > 60 {
		out = strings.TrimRight(out[:60], "-")
	}
	return out
}
