package diag

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/require"

	"rubric/spec/source"
)

// sarifSchema is the schema of the standard, as OASIS publishes it.
var sarifSchema = sync.OnceValue(func() *jsonschema.Schema {
	text, err := os.ReadFile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		panic(err)
	}
	return jsonschema.MustCompileString("sarif.json", string(text))
})

func sarif(t *testing.T, list List, silenced ...Diagnostic) sarifRun {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, SARIF(&b, list, silenced, "0.1.0", pageOf))
	var any any
	require.NoError(t, json.Unmarshal(b.Bytes(), &any))
	require.NoError(t, sarifSchema().Validate(any), b.String())
	var log sarifLog
	require.NoError(t, json.Unmarshal(b.Bytes(), &log))
	require.Len(t, log.Runs, 1)
	return log.Runs[0]
}

// A log of results that are no findings of ours is one of the standard, too.
func TestSARIFOfOtherResults(t *testing.T) {
	known := twice
	known.Silenced = "decided by the board"
	var b bytes.Buffer
	l := Log{Version: "0.1.0", Key: "change/v1", Fingerprints: []string{"a", "b"}, Suppression: "external", Properties: map[string]string{"verdict": "comparable"},
		Rule: func(code string) Rule { return Rule{Title: "of " + code, Help: "help"} }}
	require.NoError(t, l.Write(&b, List{eror}, List{known}))
	var any any
	require.NoError(t, json.Unmarshal(b.Bytes(), &any))
	require.NoError(t, sarifSchema().Validate(any), b.String())
	var log sarifLog
	require.NoError(t, json.Unmarshal(b.Bytes(), &log))
	run := log.Runs[0]
	require.Equal(t, map[string]string{"verdict": "comparable"}, run.Properties)
	require.Equal(t, map[string]string{"change/v1": "b"}, run.Results[1].Fingerprints)
	require.Equal(t, []sarifSuppressed{{"external", "decided by the board"}}, run.Results[1].Suppressions)
	require.Equal(t, "of "+eror.Code, run.Tool.Driver.Rules[0].ShortDescription.Text)
}

// pageOf is a page of each code but one.
func pageOf(code string) string {
	if code == DataEmpty.Name {
		return ""
	}
	return "# " + code + "\n"
}

var (
	eror    = New(SchemaValue, at("dimension: {missing: eror}", 11, 22, 26), "`eror` is not allowed here").WithHelp("did you mean `error`?").WithExpected("one of error, keep", "eror")
	absent  = New(DataUnit, source.Place{File: "data/a b.csv"}, "no row for 50%% of cities: a, b").WithUnit("a")
	nowhere = New(DataEmpty, source.Place{}, "there are no data")
	twice   = New(YAMLDuplicate, at("gdp: 1", 3, 1, 4), "twice | here").WithRelated(at("gdp: 1", 2, 1, 4), "the first").WithNode("d/a")
)

func TestSARIF(t *testing.T) {
	run := sarif(t, List{eror, absent, nowhere, twice, eror})
	require.Len(t, run.Results, 5)
	require.Len(t, run.Tool.Driver.Rules, 4)
	for _, r := range run.Results {
		rule := run.Tool.Driver.Rules[r.RuleIndex]
		require.Equal(t, r.RuleID, rule.ID)
		require.Contains(t, rule.Help.Text, r.RuleID)
		require.Equal(t, pageOf(r.RuleID), rule.Help.Markdown)
	}
	require.Equal(t, &sarifRegion{11, 22, 11, 26, &sarifText{"dimension: {missing: eror}"}}, run.Results[0].Locations[0].Physical.Region)
	require.Equal(t, map[string]string{"expected": "one of error, keep", "found": "eror"}, run.Results[0].Properties)
	require.Equal(t, "data/a%20b.csv", run.Results[1].Locations[0].Physical.Artifact.URI)
	require.Equal(t, "warning", run.Results[1].Level)
	require.Nil(t, run.Results[2].Locations)
	require.Equal(t, map[string]string{"node": "d/a"}, run.Results[3].Properties)
	require.Equal(t, "the first", run.Results[3].Related[0].Message.Text)
	sarif(t, nil)
	known := absent
	known.Silenced = "they are islands"
	run = sarif(t, List{eror}, known)
	require.Equal(t, []sarifSuppressed{{"inSource", "they are islands"}}, run.Results[1].Suppressions)
	require.Nil(t, run.Results[0].Suppressions)
	sarif(t, List{New(LockDraft, source.Place{File: `builtin:x/y.yaml`, Line: 1}, "draft")})
}

// A finding is the same one when lines are added above it, and not the same as its equal.
func TestFingerprints(t *testing.T) {
	lower := eror
	lower.Place.Line, lower.Place.EndLine = 40, 40
	other := eror
	other.Message = "`eror` is something else"
	print := func(list ...Diagnostic) (out []string) {
		for _, r := range sarif(t, list).Results {
			out = append(out, r.Fingerprints["rubricFinding/v1"])
		}
		return out
	}
	require.Equal(t, print(eror), print(lower))
	require.NotEqual(t, print(eror), print(other))
	both := print(eror, eror)
	require.NotEqual(t, both[0], both[1])
}

func TestGitHub(t *testing.T) {
	var b bytes.Buffer
	long := twice
	long.Place.EndLine = 5
	require.NoError(t, GitHub(&b, List{eror, absent, nowhere, long}))
	require.Equal(t, "::error file=m.yaml,line=11,col=22,endColumn=26,title=schema/value::`eror` is not allowed here%0Adid you mean `error`?\n"+
		"::warning file=data/a b.csv,title=data/unit::no row for 50%25 of cities: a, b\n"+
		"::error title=data/empty::there are no data\n"+
		"::error file=m.yaml,line=3,endLine=5,title=yaml/duplicate-key::twice | here\n", b.String())
}

func TestMarkdown(t *testing.T) {
	var b bytes.Buffer
	html := eror
	html.Message = "<b> in `a<b | c` stays"
	require.NoError(t, Markdown(&b, List{eror, html, nowhere, twice}, "1 document: 4 errors"))
	require.Equal(t, "**1 document: 4 errors**\n\n| | where | what | a way out |\n|---|---|---|---|\n"+
		"| ❌ error | `m.yaml:11:22` | `eror` is not allowed here<br>`schema/value` | did you mean `error`? |\n"+
		"| ❌ error | `m.yaml:11:22` | &lt;b&gt; in `a<b \\| c` stays<br>`schema/value` | did you mean `error`? |\n"+
		"| ❌ error | – | there are no data<br>`data/empty` |  |\n"+
		"| ❌ error | `m.yaml:3:1` | twice \\| here<br>`yaml/duplicate-key`<br>m.yaml:2:1: the first |  |\n", b.String())
	b.Reset()
	require.NoError(t, Markdown(&b, nil, "1 document: nothing to report"))
	require.Equal(t, "**1 document: nothing to report**\n", b.String())
}

func TestJUnit(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, JUnit(&b, []Group{{"a", List{eror, absent}, nil}, {"b", nil, nil}}, Error))
	var out junitSuites
	require.NoError(t, xml.Unmarshal(b.Bytes(), &out))
	require.Equal(t, []int{3, 1}, []int{out.Tests, out.Failures})
	require.Equal(t, "schema/value m.yaml:11:22", out.Suites[0].Cases[1].Name)
	require.Contains(t, out.Suites[0].Cases[1].Failure.Text, "11 | dimension: {missing: eror}\n")
	require.Contains(t, out.Suites[0].Cases[0].Out, "no row for 50% of cities")
	require.Equal(t, "nothing to report", out.Suites[1].Cases[0].Name)
	b.Reset()
	require.NoError(t, JUnit(&b, []Group{{"a", List{absent}, nil}}, Warning))
	require.Contains(t, b.String(), `<testsuites tests="1" failures="1">`)
	known := absent
	known.Silenced = "they are islands"
	b.Reset()
	require.NoError(t, JUnit(&b, []Group{{"a", nil, List{known}}}, Info))
	require.Contains(t, b.String(), `failures="0" skipped="1"`)
	require.Contains(t, b.String(), `<skipped message="they are islands">`)
}

// FuzzFormats: whatever a finding says, each format stays what it is.
func FuzzFormats(f *testing.F) {
	f.Add("m.yaml", "`x` is wrong", "help", "line", 3, 4)
	f.Add("a:b,c\n::error", "a\r\n::set-output name=x::y | ```", "<script>%0A", "\x00\u2028\ufffe\xff", 1, 1)
	f.Add("", "", "", "", 0, 0)
	f.Fuzz(func(t *testing.T, file, message, help, line string, at, column int) {
		at, column = max(at, 0)%1e6, max(column, 0)%1e6
		list := List{New(SchemaValue, source.Place{File: file, Line: at, Column: column, EndLine: at, EndColumn: column + 1, Text: line}, "%s", message).WithHelp("%s", help).WithRelated(source.Place{File: file}, "%s", line)}
		require.Len(t, sarif(t, list).Results, 1)

		var b bytes.Buffer
		require.NoError(t, JUnit(&b, []Group{{file, list, nil}}, Error))
		d := xml.NewDecoder(&b)
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
		}
		b.Reset()
		require.NoError(t, GitHub(&b, list))
		require.Equal(t, 1, strings.Count(b.String(), "\n"), b.String())
		require.NotContains(t, b.String(), "\r")
		b.Reset()
		require.NoError(t, Markdown(&b, list, "x"))
		require.Equal(t, 5, strings.Count(b.String(), "\n"), b.String())
		row := strings.ReplaceAll(strings.Split(b.String(), "\n")[4], `\|`, "")
		require.Equal(t, 5, strings.Count(row, "|"), row)
	})
}

// same names a file as it is named.
func same(file string) string { return file }

// The figures that a finding is said with are others when the data are revised; the
// names that it speaks of are what it is about.
func TestFingerprintsWithoutFigures(t *testing.T) {
	of := func(message string) string {
		return fingerprint(Diagnostic{Code: "sense/redundant", Message: message}, "m.yaml", map[string]int{})
	}
	require.Equal(t, of("`a1` and `b` correlate by 0.99, over 1,234 units"), of("`a1` and `b` correlate by -1, over 12 units"))
	require.NotEqual(t, of("`a1` and `b` correlate by 0.99"), of("`a2` and `b` correlate by 0.99"))
}

// FuzzBaseline: whatever a baseline holds, it is read or refused; one that is read is
// the same when it is written again, and takes away no error.
func FuzzBaseline(f *testing.F) {
	var b bytes.Buffer
	require.NoError(f, NewBaseline(List{absent, absent, eror}, same).Write(&b))
	f.Add(b.Bytes())
	f.Add([]byte(`{"formatVersion": 1, "findings": [{"fingerprint": ""}]}`))
	f.Add([]byte("{}\n{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := ReadBaseline(data)
		if err != nil {
			return
		}
		var b bytes.Buffer
		require.NoError(t, read.Write(&b))
		again, err := ReadBaseline(b.Bytes())
		require.NoError(t, err, b.String())
		require.Equal(t, len(read.Findings), len(again.Findings))
		list := List{eror, absent}
		left, known, gone := read.Apply(list, same)
		require.Equal(t, 2, len(left)+len(known))
		require.Equal(t, 1, left.Errors())
		require.LessOrEqual(t, len(gone), len(read.Findings))
	})
}
