package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/mattn/go-runewidth"

	"rubric/engine"
	"rubric/spec/check"
	"rubric/spec/diag"
)

// Style says how a person is shown things.
type Style struct {
	Width int  // columns of the terminal; 0: no limit
	Color bool // colour is allowed
}

// Table writes the ranking: one line a unit, best first, with the scores of the
// root's children. With other levels than index and dimension it writes one
// line a unit and node.
func Table(w io.Writer, r *engine.Result, v View, s Style) error {
	levels := v.Levels
	period, rows := v.shown(r)
	m := r.Plan.Methodology
	fmt.Fprintf(w, "%s\n\n", s.Wrap(fmt.Sprintf("%s %s · %s", s.Bold(diag.Plain(m.Title)), s.Bold(diag.Plain(m.Edition)), counted(r, period))))
	var err error
	if len(levels) == 0 || !contains(levels, check.Indicator) && !contains(levels, check.Variable) {
		err = overview(w, r, rows, v.Group, s, 0, len(levels) == 0 || contains(levels, check.Dimension))
	} else {
		err = long(w, r, rows, levels, s)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "\n%s\n", s.Wrap(Summary(r)))
	return err
}

// counted says how many units there are, and which period of how many is shown.
func counted(r *engine.Result, period string) string {
	m := r.Plan.Methodology
	out := Plural(r.Data.Units(), m.Units.Noun, m.Units.Plural)
	if n := len(r.Data.Periods()); n > 0 {
		out += fmt.Sprintf(" · %s %s", m.Periods.Noun, diag.Plain(period))
		if n > 1 {
			out += fmt.Sprintf(", one of %d from %s to %s", n, diag.Plain(r.Data.Periods()[0]), diag.Plain(r.Data.Periods()[n-1]))
		}
	}
	return out
}

// Bold is a text that stands out, where colour is allowed.
func (s Style) Bold(t string) string { return s.paint(text.Bold, t) }

// Faint is a text that stands back.
func (s Style) Faint(t string) string {
	return s.paint(text.Faint, t)
}

func (s Style) paint(c text.Color, t string) string {
	if !s.Color {
		return t
	}
	return c.Sprint(t)
}

// Wrap breaks a text at the width of the terminal.
func (s Style) Wrap(t string) string {
	if s.Width <= 0 {
		return t
	}
	lines := strings.Split(text.WrapSoft(t, s.Width), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// roomy is the width from which columns stand two spaces apart.
const roomy = 100

// Grid is a table without lines but one under the head.
func (s Style) Grid(w io.Writer) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(w)
	style := table.StyleLight
	style.Options = table.Options{SeparateHeader: true}
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	if s.Width > 0 && s.Width < roomy {
		style.Box.PaddingRight = " "
	}
	style.Format.Header = text.FormatDefault
	if s.Color {
		style.Color.Header = text.Colors{text.Faint}
	}
	t.SetStyle(style)
	return t
}

// shortName is how much of a unit's name is shown where there is little room.
const shortName = 20

// overview is the ranking of the root.
func overview(w io.Writer, r *engine.Result, rows []int, group string, s Style, longest int, children bool) error {
	root, columns := headline(r, children)
	banded := len(root.Node.Bands) > 0
	heads, legend := headings(r, columns, banded, s)
	t := s.Grid(w)
	noun := r.Plan.Methodology.Units.Noun
	score := "Score"
	if root.Node.Parent != nil || root.Node.Level == check.Derived {
		score = stacked(root.Node.Title)
	}
	head := table.Row{"Rank", Capital(noun), score}
	config := []table.ColumnConfig{
		{Number: 1, Align: text.AlignRight, AlignHeader: text.AlignRight, VAlignHeader: text.VAlignBottom, Hidden: root.Rank == nil}, // where the method ranks nobody
		{Number: 2, VAlignHeader: text.VAlignBottom},
		{Number: 3, Align: text.AlignRight, AlignHeader: text.AlignRight, VAlignHeader: text.VAlignBottom, Colors: s.colors(text.Bold)},
	}
	if banded {
		head = append(head, "Band")
		config = append(config, table.ColumnConfig{Number: 4, VAlignHeader: text.VAlignBottom})
	}
	within := newWithin(r, rows, root, group)
	if group != "" {
		head = append(head, within.title, "Rank in it")
		config = append(config, table.ColumnConfig{Number: len(head) - 1, VAlignHeader: text.VAlignBottom},
			table.ColumnConfig{Number: len(head), Align: text.AlignRight, AlignHeader: text.AlignRight, VAlignHeader: text.VAlignBottom})
	}
	for i := range columns {
		head = append(head, heads[i])
		config = append(config, table.ColumnConfig{Number: len(head), Align: text.AlignRight, AlignHeader: text.AlignRight, VAlignHeader: text.VAlignBottom})
	}
	t.AppendHeader(head)
	t.SetColumnConfigs(config)
	decimals := decimalsOf(r, append([]*engine.Figures{root}, columns...))
	for _, u := range byRank(rows, root) {
		name := diag.Plain(r.Data.Name(u))
		if longest > 0 {
			name = runewidth.Truncate(name, longest, "…")
		}
		line := table.Row{rankText(root, u), name, scoreText(root, u, decimals[0])}
		if banded {
			title := ""
			if b := r.Band(root, u); b != nil {
				title = diag.Plain(b.Title)
			}
			line = append(line, title)
		}
		if group != "" {
			name, rank := within.of(u)
			line = append(line, diag.Plain(name), rank)
		}
		for i, f := range columns {
			line = append(line, besideText(r, f, u, decimals[i+1]))
		}
		t.AppendRow(line)
	}
	var b strings.Builder
	t.SetOutputMirror(&b)
	t.Render()
	narrow := "the index"
	if root.Node.Level != check.Index {
		narrow = root.Node.Title
	}
	if children && s.Width > 0 && text.LongestLineLen(Trimmed(b.String())) > s.Width {
		if longest == 0 { // long names of units are cut before columns are left out
			return overview(w, r, rows, group, s, shortName, children)
		}
		fmt.Fprintf(w, "%s\n\n", s.Wrap("The terminal is too narrow for more than "+narrow+"; --format csv has all scores."))
		return overview(w, r, rows, group, s, 0, false)
	}
	_, err := io.WriteString(w, Trimmed(b.String()))
	if legend != "" {
		fmt.Fprintf(w, "\n%s\n", s.Faint(legend))
	}
	return err
}

// headline is what a ranking is of, and which other nodes stand beside it: what
// the document names, else the root and its children. Of a root that only holds them, it is the first node
// below it that has ranks, with the others that have; and with derived ones.
func headline(r *engine.Result, others bool) (lead *engine.Figures, columns []*engine.Figures) {
	m := r.Plan.Methodology
	if named := kept(r, m.Headline); len(named) > 0 {
		if !others {
			return named[0], nil
		}
		return named[0], named[1:]
	}
	lead = r.Figures(m.Root)
	var below, ranked []*engine.Figures
	for _, n := range m.Nodes {
		f := r.Figures(n)
		if (n.Parent != m.Root && n.Level != check.Derived) || !f.Kept || f.Origin == engine.NotComputed {
			continue
		}
		if n.Level != check.Derived {
			below = append(below, f)
		}
		if n.Rank != nil {
			ranked = append(ranked, f)
		}
	}
	if lead.Node.Aggregate.Name == "none" && lead.Origin != engine.Given && len(ranked) > 0 {
		lead, below = ranked[0], ranked[1:]
	}
	if !others {
		return lead, nil
	}
	return lead, below
}

// kept are the figures of nodes that this result has.
func kept(r *engine.Result, nodes []*check.Node) (out []*engine.Figures) {
	for _, n := range nodes {
		if f := r.Figures(n); f.Kept && f.Origin != engine.NotComputed {
			out = append(out, f)
		}
	}
	return out
}

// besideText is a figure that stands beside the one that a ranking is of: a
// category is said by its name.
func besideText(r *engine.Result, f *engine.Figures, unit, decimals int) string {
	if f.Node.Level == check.Derived && len(f.Node.Bands) > 0 && f.Score.Valid != nil {
		if b := r.Band(f, unit); b != nil {
			return diag.Plain(b.Title)
		}
	}
	return scoreText(f, unit, decimals)
}

// Capital is a word as a heading begins it; nothing for no word.
func Capital(word string) string {
	if word == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

func (s Style) colors(c text.Color) text.Colors {
	if s.Color {
		return text.Colors{c}
	}
	return nil
}

// trimmed drops the spaces that padding leaves at the ends of lines.
// Trimmed is a rendered table without blanks at the ends of its lines.
func Trimmed(t string) string {
	lines := strings.Split(t, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// headings are the titles of the score columns: whole where the terminal is wide
// enough for them, else initials with a legend.
func headings(r *engine.Result, columns []*engine.Figures, banded bool, s Style) (heads []string, legend string) {
	if len(columns) == 0 {
		return nil, ""
	}
	width := 30
	if banded {
		width += 13
	}
	long := 0
	for _, f := range columns {
		long += text.LongestLineLen(stacked(f.Node.Title)) + 2
	}
	if s.Width == 0 || width+long <= s.Width {
		for _, f := range columns {
			heads = append(heads, stacked(f.Node.Title))
		}
		return heads, ""
	}
	seen := map[string]bool{}
	var parts []string
	for i, f := range columns {
		short := initials(diag.Plain(f.Node.Title))
		if f.Node.Level == check.Derived { // its id is an abbreviation, as often as not
			short = f.Node.ID
		}
		if seen[short] || short == "" {
			short = fmt.Sprintf("%d", i+1)
		}
		seen[short] = true
		heads = append(heads, short)
		parts = append(parts, fmt.Sprintf("%-2s %s", short, diag.Plain(f.Node.Title)))
	}
	return heads, grid(parts, s.Width)
}

// grid sets texts in as many columns as fit, filled column by column.
func grid(texts []string, width int) string {
	widest := 0
	for _, t := range texts {
		widest = max(widest, runewidth.StringWidth(t)+2)
	}
	columns := max(1, min(width/max(widest, 1), len(texts)))
	lines := make([]string, (len(texts)+columns-1)/columns)
	for i, t := range texts {
		line := &lines[i%len(lines)]
		if *line != "" {
			*line = runewidth.FillRight(*line, i/len(lines)*widest)
		}
		*line += t
	}
	return strings.Join(lines, "\n")
}

// stacked breaks a title into short lines, at spaces and behind hyphens.
func stacked(title string) string {
	const room = 13
	var lines []string
	for _, word := range strings.Fields(strings.ReplaceAll(diag.Plain(title), "-", "- ")) {
		last := len(lines) - 1
		switch {
		case last >= 0 && strings.HasSuffix(lines[last], "-") && runewidth.StringWidth(lines[last]+word) <= room:
			lines[last] += word
		case last >= 0 && !strings.HasSuffix(lines[last], "-") && runewidth.StringWidth(lines[last]+" "+word) <= room:
			lines[last] += " " + word
		default:
			lines = append(lines, word)
		}
	}
	return strings.Join(lines, "\n")
}

// initials are the first letters of the first two words that are not small.
func initials(title string) string {
	out := ""
	for _, word := range strings.FieldsFunc(title, func(r rune) bool { return r == ' ' || r == '-' }) {
		first := []rune(word)[0]
		if (word == "and" || word == "of" || word == "the") && out != "" {
			continue
		}
		out += strings.ToUpper(string(first))
		if len([]rune(out)) == 2 {
			break
		}
	}
	return out
}

// byRank is the units in the order of the ranking: the best first, ties in data
// order, those without a score last.
func byRank(rows []int, f *engine.Figures) []int {
	units := slices.Clone(rows)
	if f.Score.Valid == nil {
		return units
	}
	slices.SortStableFunc(units, func(a, b int) int {
		x, okX := f.Score.At(a)
		y, okY := f.Score.At(b)
		switch {
		case !okX || !okY:
			return cmp.Compare(boolInt(okY), boolInt(okX))
		case f.Rank != nil:
			return cmp.Compare(f.Rank[a], f.Rank[b])
		}
		return cmp.Compare(y, x)
	})
	return units
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func rankText(f *engine.Figures, u int) string {
	if f.Rank == nil || !f.Score.Valid.Get(u) {
		return "–"
	}
	return Number(f.Rank[u])
}

// decimalsOf is how many decimals a column of scores is shown with: as many as
// its numbers need, two at most.
func decimalsOf(r *engine.Result, columns []*engine.Figures) []int {
	out := make([]int, len(columns))
	for i, f := range columns {
		if f.Score.Valid == nil {
			continue
		}
		if r := f.Node.Node.Round; r != nil { // as the method publishes it
			out[i] = max(int(r.Args.Number("decimals")), 0)
			continue
		}
		for u := range r.Data.Rows() {
			if x, ok := f.Score.At(u); ok && x != float64(int64(x)) {
				out[i] = 2
				break
			}
		}
	}
	return out
}

func scoreText(f *engine.Figures, u, decimals int) string {
	if f.Score.Valid == nil {
		return "–"
	}
	x, ok := f.Score.At(u)
	if !ok {
		return "–"
	}
	return fmt.Sprintf("%.*f", decimals, x)
}

// long is one line a unit and node.
func long(w io.Writer, r *engine.Result, rows []int, levels []check.Level, s Style) error {
	t := s.Grid(w)
	noun := r.Plan.Methodology.Units.Noun
	t.AppendHeader(table.Row{Capital(noun), "Node", "Value", "Score", "Rank", "Status"})
	right := func(n int) table.ColumnConfig {
		return table.ColumnConfig{Number: n, Align: text.AlignRight, AlignHeader: text.AlignRight}
	}
	config := []table.ColumnConfig{right(3), right(4), right(5)}
	if s.Width > 0 {
		config = append(config, table.ColumnConfig{Number: 2, WidthMax: s.room(r), WidthMaxEnforcer: func(t string, n int) string {
			if w := runewidth.StringWidth(t); w > n {
				return runewidth.TruncateLeft(t, w-n+1, "…")
			}
			return t
		}})
	}
	t.SetColumnConfigs(config)
	for _, u := range rows {
		for _, f := range Nodes(r, levels) {
			row := RowOf(r, f, u)
			value, score, rank := diag.Plain(row.Text), "", ""
			if row.HasValue {
				value = short(row.Value)
			}
			if row.HasScore {
				score = short(row.Score)
			}
			if row.HasRank {
				rank = Number(row.Rank)
			}
			t.AppendRow(table.Row{diag.Plain(r.Data.Name(u)), row.Node, value, score, rank, row.Status})
		}
	}
	var b strings.Builder
	t.SetOutputMirror(&b)
	t.Render()
	_, err := io.WriteString(w, Trimmed(b.String()))
	return err
}

// room is what the other columns of the long table leave for the node's path.
func (s Style) room(r *engine.Result) int {
	unit := 0
	for u := range r.Data.Rows() {
		unit = max(unit, runewidth.StringWidth(r.Data.Name(u)))
	}
	const figures = len("1234567 ") + len("123456 ") + len("Rank ") + len("not_computed ")
	return max(s.Width-unit-2-figures, 20)
}

// short is a number for a person: six significant digits.
func short(x float64) string {
	return fmt.Sprintf("%.6g", x)
}
