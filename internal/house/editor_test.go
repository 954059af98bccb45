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
	"rubric/schemas"
	"rubric/spec/method"
)

// What an editor shows of a document comes from our schemas, by way of the
// language server that VS Code, Neovim, Helix and others run for YAML. The
// server is run here as they run it, over its standard input and output.
func TestAnEditor(t *testing.T) {
	p, e := newEditor(t)
	for _, c := range []struct {
		what string
		test func(*testing.T, project, editor)
	}{
		{"finds nothing wrong with our documents", findsNothingWrong},
		{"explains what it is pointed at", explains},
		{"offers methods", offersMethods},
		{"inserts what a method must be told", insertsWhatMustBeTold},
		{"offers the parameters of a method", offersParameters},
		{"offers the keys of an indicator", offersKeys},
		{"offers what the page says", offersWhatThePageSays},
		{"underlines what is wrong", underlines},
		{"knows what changes an edition", knowsChanges},
	} {
		t.Run(c.what, func(t *testing.T) {
			e.t = t
			c.test(t, p, e)
		})
	}
	e.t = t
}

func findsNothingWrong(t *testing.T, p project, e editor) {
	found, err := filepath.Glob(filepath.Join(p.Root, "methodologies/*/*/*.yaml"))
	require.NoError(t, err)
	checked := 0
	for _, file := range found {
		rel, err := filepath.Rel(p.Root, file)
		require.NoError(t, err)
		text := p.read(t, filepath.ToSlash(rel))
		_, body, said := strings.Cut(text, "# yaml-language-server:")
		if regexp.MustCompile(`(?m)^extends:`).MatchString(text) {
			_, body, _ = strings.Cut(body, "\n")
			text = modeline("changes") + body // frozen editions name the schema of whole documents
		} else if !said { // a list of deviations
			text = modeline(strings.TrimSuffix(path.Base(file), ".yaml")) + text
		}
		checked++
		assert.Empty(t, e.open("file://"+filepath.ToSlash(file), text), rel)
	}
	require.GreaterOrEqual(t, checked, 17)
	assert.Empty(t, e.open(e.folder+"rubric.yaml", modeline("settings")+"color: never\nwidth: 100\n"))
}

func explains(t *testing.T, p project, e editor) {
	text, uri := p.read(t, published), e.folder+"methodology.yaml"
	require.Empty(t, e.open(uri, text))
	for _, key := range []string{"normalise", "direction", "missing", "ties", "aggregate", "rank", "single", "formula"} {
		upTo := regexp.MustCompile(`(?s)\ndefaults:.*?\b` + key + `: `).FindString(text)
		assert.Contains(t, e.hover(uri, find(t, text, upTo, len(upTo)-3)), described(t, "$defs", key), key)
	}
	assert.Contains(t, e.hover(uri, find(t, text, "expect:", 1)), described(t, "$defs", "units", "properties", "expect"))

	rankPoints, ok := engine.Catalogue().Find(method.Normalise, "rank_points")
	require.True(t, ok)
	shown := e.hover(uri, find(t, text, "rank_points", 1))
	first := regexp.MustCompile(`(?m)^\* .*$`).FindString(shown)
	assert.Contains(t, first, "* `rank_points`: ", "the value that is pointed at comes first")
	assert.Contains(t, first, rankPoints.Formula)
	assert.Contains(t, first, rankPoints.Source)
	assert.Contains(t, e.hover(uri, find(t, text, "floor", 1)), "* `floor`: It scores the bottom of the scale")
}

func offersMethods(t *testing.T, _ project, e editor) {
	for step, line := range map[method.Step]string{
		method.Normalise: "        normalise: ",
		method.Treat:     "        treat: ",
		method.Rank:      "        rank: ",
		method.Impute:    "        missing:\n          impute: ",
		method.Aggregate: "    aggregate: ",
	} {
		offered := e.complete(string(step)+".yaml", begun+line, "")
		names := engine.Catalogue().Names(step)
		require.NotEmpty(t, names, step)
		for _, name := range names {
			i := slices.Index(labels(offered), name)
			if !assert.GreaterOrEqual(t, i, 0, "%s: %s is not offered among %v", step, name, labels(offered)) {
				continue
			}
			s, _ := engine.Catalogue().Find(step, name)
			assert.Equal(t, name, offered[i].InsertText)
			assert.Contains(t, offered[i].said(), s.Formula, name)
			assert.Contains(t, offered[i].said(), s.Source, name)
		}
	}
}

// What is inserted for a method that must be told something is right, once it
// has been told.
func insertsWhatMustBeTold(t *testing.T, _ project, e editor) {
	offered := e.complete("insert.yaml", begun+"        normalise: ", "")
	i := slices.Index(labels(offered), "goalposts {low, high}")
	require.GreaterOrEqual(t, i, 0, "%v", labels(offered))
	require.Equal(t, "{method: goalposts, low: ${1:low}, high: ${2:high}}", offered[i].InsertText)
	told := strings.NewReplacer("${1:low}", "20", "${2:high}", "85").Replace(offered[i].InsertText)
	assert.Empty(t, e.open(e.folder+"inserted.yaml", begun+"        normalise: "+told+"\n"))
}

func offersParameters(t *testing.T, _ project, e editor) {
	for _, s := range engine.Catalogue() {
		if s.Step != method.Normalise || len(s.Params) == 0 {
			continue
		}
		offered := e.complete(s.Name+".yaml", begun+"        normalise:\n          method: "+s.Name+"\n          ", "")
		for _, param := range s.Params {
			i := slices.Index(labels(offered), param.Name)
			if assert.GreaterOrEqual(t, i, 0, "%s: %s is not offered among %v", s.Name, param.Name, labels(offered)) {
				assert.Contains(t, strings.ToLower(offered[i].said()), strings.ToLower(param.Doc), "%s of %s", param.Name, s.Name)
			}
		}
		assert.NotContains(t, labels(offered), "method", "it is there already")
		for _, other := range engine.Catalogue() {
			for _, param := range other.Params {
				if other.Step == method.Normalise && !s.Takes(param.Name) {
					assert.NotContains(t, labels(offered), param.Name, "%s does not take what %s takes", s.Name, other.Name)
				}
			}
		}
	}
}

func offersKeys(t *testing.T, _ project, e editor) {
	offered := e.complete("keys.yaml", begun+"        ", "")
	for _, key := range []string{"title", "description", "direction", "treat", "weight", "normalise", "ties", "missing", "round", "rank", "bands", "given", "display", "measure", "unproven"} {
		assert.Contains(t, labels(offered), key)
	}
	assert.NotContains(t, labels(offered), "formula", "it is there already")
	assert.NotContains(t, labels(offered), "aggregate", "an indicator has no children")
	for _, o := range offered {
		assert.NotEmpty(t, o.said(), o.Label)
	}
}

var (
	completionTable = regexp.MustCompile(`<!-- completions -->\n\|.*\n\|.*\n((?:\|.*\n)+)`)
	quoted          = regexp.MustCompile("`([^`]+)`")
)

// offersWhatThePageSays tries the rows of the page's table: what stands in code in
// the second cell is offered where the cursor stands in the first.
func offersWhatThePageSays(t *testing.T, p project, e editor) {
	table := completionTable.FindStringSubmatch(p.read(t, "docs/editor.md"))
	require.NotNil(t, table)
	rows := 0
	for line := range strings.Lines(table[1]) {
		cells := strings.Split(line, "|")
		before, after, found := strings.Cut(quoted.FindStringSubmatch(cells[1])[1], "⌶")
		require.True(t, found, line)
		rows++
		offered := labels(e.complete(fmt.Sprintf("page_%d.yaml", rows), begun+"        "+before, after+"\n"))
		for _, m := range quoted.FindAllStringSubmatch(cells[2], -1) {
			assert.Contains(t, offered, m[1], line)
		}
	}
	require.Greater(t, rows, 3)
}

func underlines(t *testing.T, _ project, e editor) {
	for name, c := range map[string]struct{ wrong, underlined, says string }{
		"a misspelt key":               {begun + "        directoin: lower\n", "directoin", "Property directoin is not allowed."},
		"a word that is none":          {begun + "        direction: upwards\n", "upwards", `Value is not accepted. Valid values: "higher", "lower".`},
		"a misspelt method":            {begun + "        normalise: rank_pionts\n", "rank_pionts", "Value is not accepted."},
		"a misspelt parameter":         {begun + "        normalise: {method: min_max, top: [0, 100]}\n", "top", "Property top is not allowed."},
		"a parameter that is absent":   {begun + "        normalise: {method: lookup}\n", "normalise", `Missing property "levels".`},
		"a number below its bound":     {begun + "        weight: -1\n", "-1", "Value is below the minimum of 0."},
		"a key behind a wide one":      {begun + "        title: 生产总值\n        mesure: percent\n", "mesure", "Property mesure is not allowed."},
		"a setting that there is not":  {modeline("settings") + "colour: never\n", "colour", "Property colour is not allowed."},
		"a setting with a wrong value": {modeline("settings") + "color: pink\n", "pink", `Value is not accepted. Valid values: "auto", "always", "never".`},
	} {
		t.Run(name, func(t *testing.T) {
			e.t = t
			found := e.open(e.folder+strings.ReplaceAll(name, " ", "_")+".yaml", c.wrong)
			require.Len(t, found, 1)
			assert.Equal(t, c.underlined, covered(c.wrong, found[0].Range))
			assert.Contains(t, found[0].Message, c.says)
		})
	}
}

// A document that extends another one has its own schema: it holds what it
// changes, and is completed and underlined like a whole one.
func knowsChanges(t *testing.T, _ project, e editor) {
	change := modeline("changes") + "rubric: 1\nextends: ../2023\nedition: \"2024\"\ncolumns:\n  aid: ~\n  gdp: {from: product}\ndimensions:\n  wealth:\n    indicators:\n      output:\n        "
	assert.Empty(t, e.open(e.folder+"changes.yaml", change+"direction: lower\n"))
	assert.Contains(t, labels(e.complete("change_key.yaml", change, "")), "formula", "the other edition may have it")
	assert.Contains(t, labels(e.complete("change_method.yaml", change+"normalise: ", "")), "goalposts")
	wrong := change + "directoin: lower\n"
	found := e.open(e.folder+"change_wrong.yaml", wrong)
	require.Len(t, found, 1)
	assert.Equal(t, "directoin", covered(wrong, found[0].Range))
	assert.Contains(t, e.hover(e.folder+"change_wrong.yaml", find(t, wrong, "columns", 1)), described(t, "properties", "columns"))
}

// schemaOf is a line of an editor's settings that maps a schema to names of
// files, whatever the settings are written in.
var schemaOf = regexp.MustCompile(`(?m)^\s*\[?["'](\./schemas/[a-z0-9.]+)["']\]?\s*[:=]\s*["']([^"']+)["']`)

// The page about editors is tried: its schemas lie where it puts them, its
// mapping is given to the server, and a document without a line about its
// schema is checked by it. All editors are told the same.
func TestAnEditorIsSetUpAsThePageSays(t *testing.T) {
	p := readProject(t)
	page := p.read(t, "docs/editor.md")
	mappings := map[string]map[string]string{}
	for _, language := range []string{"json", "lua", "toml"} {
		fenced := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindStringSubmatch(page)
		require.NotNil(t, fenced, language)
		mappings[language] = map[string]string{}
		for _, m := range schemaOf.FindAllStringSubmatch(fenced[1], -1) {
			mappings[language][m[1]] = m[2]
		}
		require.Equal(t, mappings["json"], mappings[language], language)
	}
	folder := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(folder, "schemas"), 0o755))
	for schema := range mappings["json"] {
		text, err := schemas.FS.ReadFile(path.Base(schema))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(folder, schema), text, 0o644))
	}

	root := "file://" + filepath.ToSlash(folder)
	s := converse(t, root, map[string]any{"yaml": map[string]any{
		"validate": true, "schemaStore": map[string]any{"enable": false}, "schemas": mappings["json"],
	}}, serverCommand(t), "--stdio")
	for file, wrong := range map[string]string{
		"methodologies/test/1/methodology.yaml": "rubric: 1\n",
		"methodologies/test/1/deviations.yaml":  "figures: []\n",
		"methodologies/test/1/corrections.yaml": "rubric: corrections/1\n",
		"draft/compare.approvals.yaml":          "rubric: approvals/1\n",
		"rubric.yaml":                           "colour: never\n",
	} {
		assert.NotEmpty(t, s.open(root+"/"+file, wrong), file)
	}
	assert.Empty(t, s.open(root+"/other.yaml", "colour: never\n"), "no schema is meant for this one")
}
