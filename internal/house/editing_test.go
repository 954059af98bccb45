package house

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"rubric/schemas"
)

// editor is a conversation with the server, and where its documents lie.
type editor struct {
	*languageServer
	folder string // as a URI
}

// newEditor starts the server, if there is one.
func newEditor(t *testing.T) (project, editor) {
	t.Helper()
	p := readProject(t)
	settings := map[string]any{"yaml": map[string]any{
		"validate": true, "hover": true, "completion": true,
		"schemaStore": map[string]any{"enable": false}, // nothing from the network
	}}
	root := "file://" + filepath.ToSlash(p.Root)
	return p, editor{converse(t, root, settings, serverCommand(t), "--stdio"), root + "/methodologies/cities-of-opportunity/2025/"}
}

// serverCommand is the language server, if there is one.
func serverCommand(t *testing.T) string {
	t.Helper()
	server := os.Getenv("YAML_LANGUAGE_SERVER")
	if server == "" {
		t.Skip("no language server: YAML_LANGUAGE_SERVER=$(tools/yaml-language-server/install) go test ./internal/house")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("no language server: it needs node")
	}
	return server
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

// complete opens a text and is what is offered between its two parts.
func (e editor) complete(name, before, after string) []offer {
	e.t.Helper()
	uri := e.folder + name // of no text before: the server keeps what it has read
	e.open(uri, before+after)
	var offered struct{ Items []offer }
	at := find(e.t, before, before, len(before))
	e.request("textDocument/completion", map[string]any{"textDocument": map[string]any{"uri": uri}, "position": at}, &offered)
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
