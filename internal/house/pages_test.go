package house

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/spec/diag"
	"rubric/spec/expr"
	"rubric/spec/method"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Some tables of the documentation are generated from the code. They stand
// between two comments, and what is around them is written by hand:
//
//	<!-- generated: methods -->
//	<!-- end -->
var generated = regexp.MustCompile(`(?s)(<!-- generated: (\w+) -->\n).*?(<!-- end -->)`)

func TestGeneratedTablesAreUpToDate(t *testing.T) {
	p := readProject(t)
	tables := map[string]func(project) string{
		"packages": packageTable, "rules": ruleTable, "normalise": methodTable(method.Normalise), "aggregate": methodTable(method.Aggregate),
		"rank": methodTable(method.Rank), "impute": methodTable(method.Impute), "treat": methodTable(method.Treat), "round": methodTable(method.Round), "inputs": inputTable, "functions": functionTable, "aggregates": aggregateTable, "findings": findingTable,
	}
	used := map[string]bool{}
	for _, page := range pages(t, p) {
		before := p.read(t, page)
		after := generated.ReplaceAllStringFunc(before, func(section string) string {
			part := generated.FindStringSubmatch(section)
			used[part[2]] = true
			if !assert.Contains(t, tables, part[2], page) {
				return section
			}
			return part[1] + tables[part[2]](p) + part[3]
		})
		p.golden(t, page, after)
	}
	for name := range tables {
		assert.True(t, used[name], "no page has the table %s", name)
	}
}

// pages is the documentation: Markdown at the root and under docs/. The examples of
// docs/checks are run with the command.
func pages(t *testing.T, p project) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/checks/*.md", "docs/checks/*/*.md"} {
		found, err := filepath.Glob(filepath.Join(p.Root, filepath.FromSlash(pattern)))
		require.NoError(t, err)
		for _, f := range found {
			rel, err := filepath.Rel(p.Root, f)
			require.NoError(t, err)
			out = append(out, filepath.ToSlash(rel))
		}
	}
	return out
}

func row(cells ...string) string {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(c, "|", `\|`)
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

func code(words ...string) string {
	if len(words) == 0 {
		return ""
	}
	return "`" + strings.Join(words, "`, `") + "`"
}

func packageTable(p project) string {
	out := row("package", "its idea") + row("---", "---")
	for _, one := range p.Packages {
		if one.hasCode {
			out += row(code(one.Path), one.Idea)
		}
	}
	return out
}

func ruleTable(project) string {
	out := row("these", "must not import", "because") + row("---", "---", "---")
	for _, r := range rules {
		from := code(r.from...)
		if slices.Equal(r.from, []string{"..."}) {
			from = "everything"
		}
		if len(r.except) > 0 {
			from += " but " + code(r.except...)
		}
		never := code(r.never...)
		switch {
		case r.only != nil && len(r.only) == 0:
			never = "anything of ours"
		case r.only != nil:
			never = "anything of ours but " + code(r.only...)
		case slices.Equal(r.from, r.never):
			never = "each other"
		}
		out += row(from, never, r.because)
	}
	return out
}

func methodTable(step method.Step) func(project) string {
	return func(project) string {
		out := row("name", "what it does", "formula", "source") + row("---", "---", "---", "---")
		for _, s := range engine.Catalogue() {
			if s.Step == step {
				out += row(code(s.Name), s.Title, s.Formula, s.Source)
			}
		}
		return out
	}
}

func functionTable(project) string {
	out := row("function", "arguments", "what it yields") + row("---", "---", "---")
	for _, f := range expr.Functions {
		arguments := fmt.Sprint(f.Min)
		if f.Max != f.Min {
			arguments = fmt.Sprintf("%d to %d", f.Min, f.Max)
		}
		out += row(code(f.Name), arguments, f.Doc)
	}
	return out
}

func aggregateTable(project) string {
	out := row("aggregate", "what it yields") + row("---", "---")
	for _, f := range expr.AggregateFunctions {
		out += row(code(f.Name), f.Doc)
	}
	return out
}

func findingTable(project) string {
	out := row("code", "severity", "what it is about") + row("---", "---", "---")
	for _, c := range diag.Codes {
		out += row(fmt.Sprintf("[`%s`](checks/%s.md)", c.Name, c.Name), c.Severity.String(), c.Title)
	}
	return out
}

// inputTable is the inputs of the GitHub action, in its order.
func inputTable(p project) string {
	text, err := os.ReadFile(filepath.Join(p.Root, "action.yml"))
	if err != nil {
		return err.Error()
	}
	root, _ := tree.Parse(source.NewFile("action.yml", text))
	out := row("input", "what it says", "where it is not said") + row("---", "---", "---")
	for _, e := range root.Get("inputs").Entries {
		fallback := e.Value.Get("default").Value
		if fallback != "" {
			fallback = code(fallback)
		}
		out += row(code(e.Key.Value), e.Value.Get("description").Value, fallback)
	}
	return out
}

// shown is a fence that shows a file of the project, whole.
var shown = regexp.MustCompile("(?ms)(^<!-- file: (\\S+) -->\n```[a-z]*\n)(.*?)(^```$)")

func TestShownFilesAreTheFiles(t *testing.T) {
	p := readProject(t)
	found := 0
	for _, page := range pages(t, p) {
		p.golden(t, page, shown.ReplaceAllStringFunc(p.read(t, page), func(section string) string {
			found++
			part := shown.FindStringSubmatch(section)
			return part[1] + p.read(t, part[2]) + part[4]
		}))
	}
	require.NotZero(t, found)
}

var (
	link  = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	fence = regexp.MustCompile("(?ms)^```.*?^```$")
)

// Links between pages lead somewhere.
func TestLinksLeadSomewhere(t *testing.T) {
	p := readProject(t)
	for _, page := range pages(t, p) {
		for _, m := range link.FindAllStringSubmatch(fence.ReplaceAllString(p.read(t, page), ""), -1) {
			target, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, ":") {
				continue // elsewhere
			}
			to := page
			if target != "" {
				to = path.Join(path.Dir(page), target)
				_, err := os.Stat(filepath.Join(p.Root, filepath.FromSlash(to)))
				assert.NoError(t, err, "%s links to %s", page, m[1])
			}
			if anchor != "" && strings.HasSuffix(to, ".md") {
				assert.Contains(t, anchors(p.read(t, to)), anchor, "%s links to %s", page, m[1])
			}
		}
	}
}

var (
	heading = regexp.MustCompile(`(?m)^#+ +(.*)$`)
	noise   = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// anchors are the names that headings get.
func anchors(text string) (out []string) {
	for _, m := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		out = append(out, strings.ReplaceAll(noise.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-"))
	}
	return out
}
