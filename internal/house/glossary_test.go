package house

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/engine/cell"
	"rubric/spec/check"
)

// entry is a row of the glossary: | word | meaning | YAML keys | Go identifiers |
type entry struct {
	word, meaning string
	keys, idents  []string
}

var backticked = regexp.MustCompile("`([^`\n]+)`")

// words is what a text has between backticks, but for fences.
func words(text string) (out []string) {
	for _, m := range backticked.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		out = append(out, m[1])
	}
	return out
}

// letters cuts `{as: score}` or `<id>_rank` into the words that keys are made of.
func letters(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') })
}

func readGlossary(t *testing.T, p project) []entry {
	t.Helper()
	var out []entry
	for line := range strings.Lines(p.read(t, "GLOSSARY.md")) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 4 || strings.HasPrefix(cells[0], " --") || strings.TrimSpace(cells[0]) == "word" {
			continue
		}
		out = append(out, entry{strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1]), words(cells[2]), words(cells[3])})
	}
	require.Greater(t, len(out), 50)
	return out
}

// format is what a schema lets a document say: its keys, and the words that
// stand for a choice.
type format struct{ keys, choices map[string]bool }

func (f format) walk(x any) {
	switch x := x.(type) {
	case map[string]any:
		properties, _ := x["properties"].(map[string]any)
		for key := range properties {
			f.keys[key] = true
		}
		enum, _ := x["enum"].([]any)
		for _, v := range enum {
			if s, ok := v.(string); ok {
				f.choices[s] = true
			}
		}
		for _, below := range x {
			f.walk(below)
		}
	case []any:
		for _, below := range x {
			f.walk(below)
		}
	}
}

func readFormat(t *testing.T, p project) format {
	t.Helper()
	f := format{map[string]bool{}, map[string]bool{}}
	for _, name := range []string{"methodology", "suite"} {
		var schema any
		require.NoError(t, json.Unmarshal([]byte(p.read(t, "schemas/"+name+".v1.schema.json")), &schema))
		f.walk(schema)
	}
	return f
}

// Every key and every choice of the document format is explained.
func TestTheDocumentFormatIsExplained(t *testing.T) {
	p := readProject(t)
	f := readFormat(t, p)
	explained := map[string]bool{}
	for _, w := range words(p.read(t, "GLOSSARY.md") + p.read(t, "docs/language.md") + p.read(t, "docs/testing.md") + p.read(t, "METHODS.md")) {
		for _, part := range letters(w) {
			explained[part] = true
		}
	}
	for _, word := range slices.Sorted(maps.Keys(f.keys)) {
		assert.True(t, explained[word], "GLOSSARY.md, docs/language.md, docs/testing.md and METHODS.md do not explain the key `%s`", word)
	}
	for _, word := range slices.Sorted(maps.Keys(f.choices)) {
		for _, part := range letters(word) {
			assert.True(t, explained[part], "GLOSSARY.md, docs/language.md, docs/testing.md and METHODS.md do not explain the word `%s`", word)
		}
	}
	for _, m := range engine.Catalogue() {
		assert.Contains(t, p.read(t, "METHODS.md"), fmt.Sprintf("### %s: %s\n", m.Step, m.Name))
	}
}

// The glossary is in order, and says nothing of keys and identifiers that are gone.
func TestGlossary(t *testing.T) {
	p := readProject(t)
	f := readFormat(t, p)
	declared := identifiers(t, p)
	glossary := readGlossary(t, p)
	seen := map[string]bool{}
	for i, e := range glossary {
		assert.False(t, seen[e.word], "%s stands twice", e.word)
		seen[e.word] = true
		if i > 0 {
			assert.LessOrEqual(t, strings.ToLower(glossary[i-1].word), strings.ToLower(e.word), "words stand in alphabetical order")
		}
		assert.NotEmpty(t, e.meaning, e.word)
		for _, key := range e.keys {
			for _, part := range letters(key) {
				assert.True(t, f.keys[part] || f.choices[part], "%s: the document format has no `%s`", e.word, part)
			}
		}
		for _, ident := range e.idents {
			assert.True(t, declared[ident], "%s: there is no %s", e.word, ident)
		}
	}
	for _, w := range check.Levels {
		assert.True(t, seen[w], "the level %s is not in the glossary", w)
	}
	statuses := p.read(t, "docs/language.md")
	for s := cell.Measured; s <= cell.Excluded; s++ {
		assert.Contains(t, statuses, "| `"+s.String()+"` |", "the status is explained nowhere")
	}
}

// identifiers are the exported names of our packages, as another package
// writes them: check.Node, cell.Bits.
func identifiers(t *testing.T, p project) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, one := range p.Packages {
		files, err := filepath.Glob(filepath.Join(p.Root, filepath.FromSlash(one.Path), "*.go"))
		require.NoError(t, err)
		for _, name := range files {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			for _, d := range f.Decls {
				for _, n := range namesOf(d) {
					out[f.Name.Name+"."+n] = true
				}
			}
		}
	}
	return out
}

func namesOf(d ast.Decl) (out []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			out = append(out, d.Name.Name)
		} else if named, ok := receiver(d.Recv.List[0].Type); ok {
			out = append(out, named+"."+d.Name.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				out = append(out, s.Name.Name)
				if fields, ok := s.Type.(*ast.StructType); ok {
					for _, f := range fields.Fields.List {
						for _, n := range f.Names {
							out = append(out, s.Name.Name+"."+n.Name)
						}
					}
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					out = append(out, n.Name)
				}
			}
		}
	}
	return out
}

func receiver(x ast.Expr) (string, bool) {
	if star, ok := x.(*ast.StarExpr); ok {
		x = star.X
	}
	id, ok := x.(*ast.Ident)
	if !ok {
		return "", false
	}
	return id.Name, true
}
