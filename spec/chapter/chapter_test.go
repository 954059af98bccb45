package chapter_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/methodologies"
	"rubric/spec"
	"rubric/spec/chapter"
	"rubric/spec/chapter/markdown"
	"rubric/spec/chapter/page"
	"rubric/spec/check"
	"rubric/spec/source"
)

// testdata are the archives of whole evaluations.
var testdata = os.DirFS("../../testdata/eval")

// editions are the methodologies that are built in.
func editions(t *testing.T) (out []string) {
	t.Helper()
	found, err := fs.Glob(methodologies.FS, "*/*/methodology.yaml")
	require.NoError(t, err)
	for _, f := range found {
		out = append(out, path.Dir(f))
	}
	require.NotEmpty(t, out)
	return out
}

func builtIn(t *testing.T, name string) *source.File {
	t.Helper()
	data, err := fs.ReadFile(methodologies.FS, path.Join(name, "methodology.yaml"))
	require.NoError(t, err)
	return source.NewFile(path.Join(name, "methodology.yaml"), data)
}

func chapterOf(t *testing.T, name, language string) *chapter.Chapter {
	t.Helper()
	return made(t, builtIn(t, name), language)
}

func made(t *testing.T, f *source.File, language string) *chapter.Chapter {
	t.Helper()
	doc, list := spec.LoadWith(f, spec.Options{Resolve: func(ref string, from *source.File) (*source.File, error) {
		return builtIn(t, path.Join(path.Dir(from.Name), ref)), nil
	}})
	require.NotNil(t, doc, "%v", list)
	m, list := check.CheckIn(doc, engine.Catalogue(), language)
	require.NotNil(t, m, "%v", list)
	return chapter.Of(m, engine.Catalogue(), chapter.Options{Language: language, Digest: "sha256:0"})
}

// Every methodology that there is has a chapter in every language, which Markdown and
// HTML can write: what does not hold for one of them holds for nobody's.
func TestEveryDocumentHasAChapter(t *testing.T) {
	files := map[string]*source.File{}
	for _, name := range editions(t) {
		files[name] = builtIn(t, name)
	}
	archives, err := fs.Glob(testdata, "*.txtar")
	require.NoError(t, err)
	for _, a := range archives {
		data, err := fs.ReadFile(testdata, a)
		require.NoError(t, err)
		for _, f := range txtar.Parse(data).Files {
			if path.Base(f.Name) == "methodology.yaml" && !bytes.Contains(f.Data, []byte("\nextends:")) {
				files[a+"/"+f.Name] = source.NewFile(f.Name, f.Data)
			}
		}
	}
	scripts := os.DirFS("../../testdata/script")
	found, err := fs.Glob(scripts, "docs*.txtar")
	require.NoError(t, err)
	for _, a := range found {
		data, err := fs.ReadFile(scripts, a)
		require.NoError(t, err)
		for _, f := range txtar.Parse(data).Files {
			if f.Name == "methodology.yaml" {
				files[a] = source.NewFile(f.Name, f.Data)
			}
		}
	}
	require.Greater(t, len(files), 30)
	for name, f := range files {
		for _, language := range append(chapter.Languages(), "de") {
			t.Run(name+" "+language, func(t *testing.T) {
				c := made(t, f, language)
				holdMarkdown(t, c)
				holdPage(t, c)
			})
		}
	}
}

var (
	anchors = regexp.MustCompile(`<a id="([^"]*)"></a>`)
	links   = regexp.MustCompile(`\]\(#([^)]*)\)`)
)

// holdMarkdown wants links that lead somewhere, tables whose lines have as many cells,
// and no spaces at the ends of lines.
func holdMarkdown(t *testing.T, c *chapter.Chapter) {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, markdown.Write(&b, c))
	assert.NotContains(t, b.String(), "%!", "a phrase has other blanks than it is given")
	var again bytes.Buffer
	require.NoError(t, markdown.Write(&again, c))
	assert.Equal(t, b.String(), again.String())
	known := map[string]bool{}
	for _, m := range anchors.FindAllStringSubmatch(b.String(), -1) {
		assert.False(t, known[m[1]], "two anchors %s", m[1])
		known[m[1]] = true
	}
	for _, m := range links.FindAllStringSubmatch(b.String(), -1) {
		assert.True(t, known[m[1]], "nothing has the anchor %s", m[1])
	}
	cells := 0
	for line := range strings.Lines(b.String()) {
		line = strings.TrimSuffix(line, "\n")
		assert.Equal(t, strings.TrimRight(line, " \t"), line)
		if !strings.HasPrefix(line, "|") {
			cells = 0
			continue
		}
		n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
		if cells > 0 {
			assert.Equal(t, cells, n, line)
		}
		cells = n
	}
}

// holdPage wants elements that close, ids that are there once, and links that lead to
// one of them.
func holdPage(t *testing.T, c *chapter.Chapter) {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, page.Write(&b, c))
	ids, targets := map[string]bool{}, map[string]bool{}
	d := xml.NewDecoder(&b)
	d.Entity = map[string]string{"nbsp": "\u00a0"}
	d.AutoClose = []string{"meta"}
	d.Strict = false
	depth := 0
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		switch x := token.(type) {
		case xml.StartElement:
			if x.Name.Local != "meta" {
				depth++
			}
			for _, a := range x.Attr {
				switch {
				case a.Name.Local == "id":
					assert.False(t, ids[a.Value], "two elements %s", a.Value)
					ids[a.Value] = true
				case a.Name.Local == "href" && strings.HasPrefix(a.Value, "#"):
					targets[a.Value[1:]] = true
				case a.Name.Local == "src" || strings.HasPrefix(a.Name.Local, "on"):
					t.Errorf("the page loads or runs something: %s", a.Value)
				}
			}
			assert.NotEqual(t, "script", x.Name.Local)
		case xml.EndElement:
			depth--
		}
	}
	assert.Zero(t, depth, "an element is not closed")
	for id := range targets {
		assert.True(t, ids[id], "nothing has the id %s", id)
	}
}

// Whatever a document says stays a text.
func TestWhatADocumentSaysStaysText(t *testing.T) {
	nasty := "<script>alert(1)</script> | *a* _b_ `c` [d](javascript:e) $f$ ~~g~~ &lt; # \\ \"h' \u2028"
	quoted := fmt.Sprintf("%q", nasty)
	f := source.NewFile("methodology.yaml", []byte(strings.ReplaceAll(`rubric: 1
index: nasty
edition: "1"
title: NASTY
description: NASTY
units: {noun: NASTY, plural: NASTY}
sources: {s: {title: NASTY, publisher: NASTY, url: "javascript:alert(1)", note: NASTY}}
columns: {a: {title: NASTY, measure: NASTY, year: NASTY, source: s, from: NASTY, note: NASTY}, b: {title: NASTY, type: text}}
defaults: {index: {aggregate: sum, missing: error}, dimension: {aggregate: sum, missing: error}, indicator: {normalise: none, missing: error}}
bands: {x: {title: NASTY, above: 1}}
unproven: {y: NASTY}
missing_markers: {NASTY: NASTY}
dimensions:
  d:
    title: NASTY
    unproven: y
    indicators:
      i: {title: NASTY, formula: a / 2, measure: NASTY}
      k: {title: NASTY, formula: b, normalise: {method: lookup, levels: {NASTY: 1}}}
derive: {r: {title: NASTY, description: NASTY, formula: "d * 2"}}
`, "NASTY", quoted)))
	c := made(t, f, "")
	holdMarkdown(t, c)
	holdPage(t, c)
	var md, html bytes.Buffer
	require.NoError(t, markdown.Write(&md, c))
	require.NoError(t, page.Write(&html, c))
	assert.NotContains(t, html.String(), "<script")
	assert.NotContains(t, html.String(), `href="javascript`)
	prose := regexp.MustCompile("(?s)```math.*?```").ReplaceAllString(md.String(), "")
	prose = regexp.MustCompile("`+[^`]+`+").ReplaceAllString(strings.ReplaceAll(prose, "\\`", ""), "")
	assert.NotRegexp(t, `(^|[^\\])(<script|\[d\]|\*a\*|_b_|\$f\$|~~g)`, prose)
	assert.NotRegexp(t, `[^\\]\]\(javascript`, prose)
}

// What a document does not say in several languages is said as it is, and the words
// around it are those of the language.
func TestTheWordsAreOfTheLanguage(t *testing.T) {
	assert.Equal(t, "Variables and indicators", chapterOf(t, "cities-of-opportunity/2025", "en").Sections[2].Title)
	assert.Equal(t, "变量与指标", chapterOf(t, "cities-of-opportunity/2025", "zh-Hans").Sections[2].Title)
	assert.Equal(t, "Variables and indicators", chapterOf(t, "cities-of-opportunity/2025", "de").Sections[2].Title)
	assert.True(t, chapter.Speaks("zh-Hans"))
	assert.False(t, chapter.Speaks("de"))
}
