package house

import (
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

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
		{"underlines what is wrong", underlines},
	} {
		t.Run(c.what, func(t *testing.T) {
			e.t = t
			c.test(t, p, e)
		})
	}
	e.t = t
}

// editor is a conversation with the server, and where its documents lie.
type editor struct {
	*languageServer
	folder string // as a URI
}

// newEditor starts the server, if there is one.
func newEditor(t *testing.T) (project, editor) {
	t.Helper()
	p := readProject(t)
	server := os.Getenv("YAML_LANGUAGE_SERVER")
	if server == "" {
		t.Skip("no language server: YAML_LANGUAGE_SERVER=$(tools/yaml-language-server/install) go test ./internal/house")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no language server: it needs node")
	}
	settings := map[string]any{"yaml": map[string]any{
		"validate": true, "hover": true, "completion": true,
		"schemaStore": map[string]any{"enable": false}, // nothing from the network
	}}
	root := "file://" + filepath.ToSlash(p.Root)
	return p, editor{converse(t, root, settings, server, "--stdio"), root + "/methodologies/cities-of-opportunity/2025/"}
}

const published = "methodologies/cities-of-opportunity/2025/methodology.yaml"

// modeline is what the first line of a document beside that one says of its schema.
func modeline(schema string) string {
	return "# yaml-language-server: $schema=../../../schemas/" + schema + ".v1.schema.json\n"
}

// begun is the beginning of a document, up to the keys of an indicator.
var begun = modeline("methodology") + `rubric: 1
index: test
edition: "1"
title: Test
units: {noun: town, plural: towns}
dimensions:
  wealth:
    indicators:
      output:
        formula: gdp
`

// find is where a piece of a text begins, so many bytes into it.
func find(t *testing.T, text, piece string, in int) lspPosition {
	t.Helper()
	at := strings.Index(text, piece)
	require.GreaterOrEqual(t, at, 0, piece)
	before := text[:at+in]
	line := before[strings.LastIndex(before, "\n")+1:]
	return lspPosition{strings.Count(before, "\n"), len(utf16.Encode([]rune(line)))}
}

// covered is what a range of a text says.
func covered(text string, r lspRange) string {
	line := utf16.Encode([]rune(strings.Split(text, "\n")[r.Start.Line]))
	if r.Start.Line != r.End.Line {
		return string(utf16.Decode(line[r.Start.Character:])) + "\n…"
	}
	return string(utf16.Decode(line[r.Start.Character:r.End.Character]))
}

var escaped = regexp.MustCompile(`\\([^A-Za-z0-9\s])`)

// hover is what is shown over a place, without the escapes of Markdown.
func (e editor) hover(uri string, at lspPosition) string {
	e.t.Helper()
	var shown struct{ Contents struct{ Value string } }
	e.request("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": uri}, "position": at}, &shown)
	return escaped.ReplaceAllString(shown.Contents.Value, "$1")
}

// offer is one completion.
type offer struct {
	Label         string
	InsertText    string
	Documentation any // a text, or Markdown
}

func (o offer) said() string {
	if m, ok := o.Documentation.(map[string]any); ok {
		return m["value"].(string)
	}
	text, _ := o.Documentation.(string)
	return text
}

// complete opens a text and is what is offered at its end.
func (e editor) complete(name, text string) []offer {
	e.t.Helper()
	e.open(e.folder+name, text)
	var offered struct{ Items []offer }
	at := find(e.t, text, text, len(text))
	e.request("textDocument/completion", map[string]any{"textDocument": map[string]any{"uri": e.folder + name}, "position": at}, &offered)
	return offered.Items
}

func labels(offers []offer) (out []string) {
	for _, o := range offers {
		out = append(out, o.Label)
	}
	return out
}

// described is what a definition of the methodology's schema says of itself.
func described(t *testing.T, pointer ...string) string {
	t.Helper()
	text, err := schemas.FS.ReadFile("methodology.v1.schema.json")
	require.NoError(t, err)
	var here any
	require.NoError(t, json.Unmarshal(text, &here))
	for _, part := range append(pointer, "description") {
		here = here.(map[string]any)[part]
	}
	return here.(string)
}

func findsNothingWrong(t *testing.T, p project, e editor) {
	found, err := filepath.Glob(filepath.Join(p.Root, "methodologies/*/*/*.yaml"))
	require.NoError(t, err)
	checked := 0
	for _, file := range found {
		rel, err := filepath.Rel(p.Root, file)
		require.NoError(t, err)
		text := p.read(t, filepath.ToSlash(rel))
		if regexp.MustCompile(`(?m)^extends:`).MatchString(text) {
			continue // changes to another edition: not whole by themselves
		}
		if !strings.HasPrefix(text, "# yaml-language-server:") { // a list of deviations
			text = modeline(strings.TrimSuffix(path.Base(file), ".yaml")) + text
		}
		checked++
		assert.Empty(t, e.open("file://"+filepath.ToSlash(file), text), rel)
	}
	require.GreaterOrEqual(t, checked, 4)
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
		offered := e.complete(string(step)+".yaml", begun+line)
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
	offered := e.complete("insert.yaml", begun+"        normalise: ")
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
		offered := e.complete(s.Name+".yaml", begun+"        normalise:\n          method: "+s.Name+"\n          ")
		for _, param := range s.Params {
			i := slices.Index(labels(offered), param.Name)
			if assert.GreaterOrEqual(t, i, 0, "%s: %s is not offered among %v", s.Name, param.Name, labels(offered)) {
				assert.Contains(t, strings.ToLower(offered[i].said()), strings.ToLower(param.Doc), "%s of %s", param.Name, s.Name)
			}
		}
		assert.NotContains(t, labels(offered), "classes of another method")
		assert.NotContains(t, labels(offered), "method", "it is there already")
	}
}

func offersKeys(t *testing.T, _ project, e editor) {
	offered := e.complete("keys.yaml", begun+"        ")
	for _, key := range []string{"title", "description", "direction", "treat", "weight", "normalise", "ties", "missing", "round", "rank", "bands", "given", "display", "measure", "unproven"} {
		assert.Contains(t, labels(offered), key)
	}
	assert.NotContains(t, labels(offered), "formula", "it is there already")
	assert.NotContains(t, labels(offered), "aggregate", "an indicator has no children")
	for _, o := range offered {
		assert.NotEmpty(t, o.said(), o.Label)
	}
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
