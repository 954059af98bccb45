package coinr

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/engine"
	"rubric/spec"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/expr"
	"rubric/spec/ident"
	"rubric/spec/source"
)

// imported reads a project.
func imported(t testing.TB, meta, data string) (*Project, diag.List) {
	t.Helper()
	p, list, err := Import(Input{Name: "iMeta.csv", Text: []byte(meta)}, Input{Name: "iData.csv", Text: []byte(data)})
	require.NoError(t, err)
	return p, list
}

var names = Names{Index: "test", Edition: "1", Data: "data.csv"}

// valid checks the document of a project, and wants nothing to be said of it.
func valid(t testing.TB, p *Project) *check.Methodology {
	t.Helper()
	text := p.Document(names)
	doc, list := spec.Load(source.NewFile("methodology.yaml", text))
	require.Empty(t, list, "%s", text)
	m, list := check.Check(doc, engine.Catalogue())
	require.Empty(t, list, "%s", text)
	return m
}

// Whatever a code is called, the document is right: words of YAML, of the formula
// language, of the document itself.
func TestCodesThatMeanSomethingElse(t *testing.T) {
	words := slices.Clone(ident.Taken)
	for _, f := range expr.Functions {
		words = append(words, f.Name)
	}
	for _, f := range expr.AggregateFunctions {
		words = append(words, f.Name)
	}
	words = append(words, "coalesce", "is_missing", "lookup", "reference", "value", "score", "rank", "available", "coverage", "nonzero", "NA.", "Null", "~", "1e3", "title", "unit")
	var meta, data strings.Builder
	meta.WriteString("iCode,iName,Level,Parent,Type,Direction,Weight,Denominator\n")
	data.WriteString("uCode,d")
	for _, w := range words {
		fmt.Fprintf(&meta, "%s,%s,1,Index,Indicator,1,1,d\nagg %s,%s,1,NA,Other,1,1,\n", w, w, w, w)
		data.WriteString("," + w)
	}
	meta.WriteString("Index,\"yes: # no\",2,NA,Aggregate,1,1,\n")
	data.WriteString("\nu1,1" + strings.Repeat(",2", len(words)) + "\nu2,1" + strings.Repeat(",3", len(words)) + "\n")
	p, list := imported(t, meta.String(), data.String())
	require.NotNil(t, p, "%v", list)
	m := valid(t, p)
	assert.Equal(t, "yes: # no", m.Title)
	assert.Len(t, m.Nodes, len(words)+2)
	for i, w := range words {
		assert.Equal(t, w, m.Nodes[i+2].Title)
	}
}

// Aggregates whose codes are the same but for capitals, or are called as the
// dimensions that the document needs.
func TestDimensionsOfOneName(t *testing.T) {
	p, list := imported(t, `iCode,Level,Parent,Type,Direction,Weight
a,1,Sub,Indicator,1,1
b,1,SUB,Indicator,1,0.25
c,1,Top,Indicator,1,3
c_alone,1,Sub,Indicator,-1,0
Sub,2,Top,Aggregate,1,1
SUB,2,Top,Aggregate,-1,2
Top,3,,Aggregate,,
`, "uCode,a,b,c,c_alone\nu,1,2,3,4\nv,2,3,4,5\n")
	require.NotNil(t, p, "%v", list)
	m := valid(t, p)
	var got []string
	for _, n := range m.Nodes[1:] {
		got = append(got, fmt.Sprintf("%s %g", n.Path, n.Weight))
	}
	assert.Equal(t, []string{"c_alone_2 3", "c_alone_2/c 1", "sub 1", "sub/a 1", "sub/c_alone 0", "sub_2 2", "sub_2/b 0.25"}, got)
}

func TestPanelsAndMarkers(t *testing.T) {
	meta := "iCode,Level,Parent,Type,Direction,Weight\na,1,I,Indicator,1,1\nI,2,NA,Aggregate,1,1\nx,NA,NA,Other,NA,NA\n"
	p, _ := imported(t, meta, "Time,uCode,a,x\n2020,u,1,NaN\n2020,v,NA,1\n2021,u,2,NaN\n")
	m := valid(t, p)
	require.NotNil(t, m.Periods)
	assert.Equal(t, []string{"Time"}, m.Periods.Key)
	assert.Contains(t, string(p.Document(names)), "over: all}")
	assert.Equal(t, []check.Marker{{Text: "NA", Status: "missing", Reason: "no figure"}}, m.Markers, "the column x is not read")

	p, _ = imported(t, meta, "Time,uCode,a,x\n2020,u,1,\n2020,v,,1\n")
	m = valid(t, p)
	assert.NotNil(t, m.Periods)
	assert.Empty(t, m.Markers)
	assert.NotContains(t, string(p.Document(names)), "over: all", "one time alone")
}

// piece is the text at a place.
func piece(p source.Place) string {
	line := []rune(p.Text)
	if p.Column < 1 || p.EndColumn < p.Column || p.EndColumn > len(line)+1 {
		return ""
	}
	return string(line[p.Column-1 : p.EndColumn-1])
}

// A finding points at the cell, whatever stands before it in its row.
func TestPlacesInQuotedRows(t *testing.T) {
	_, list := imported(t, "\ufeffiCode;iName;Parent;Type;Level;Direction;Weight\r\n"+
		"a;\"Étage; \"\"1\"\"\";I;Indicator;1;2;1\r\n"+
		"b;\"two\r\nlines\";J;Indicator;1;1;-1\r\n"+
		"I;;;Aggregate;2;1;1", "uCode;a;b\r\nu;1,5;1\r\n\r\nv; 1.5.1 ;2\r\n")
	var got []string
	for _, d := range list {
		got = append(got, d.Place.String()+" "+piece(d.Place))
	}
	assert.Equal(t, []string{"iData.csv:4:4 1.5.1", "iMeta.csv:2:32 2", "iMeta.csv:4:8 J", "iMeta.csv:4:24 -1"}, got)
}

// Many wrong cells of a column are counted, not listed.
func TestManyWrongCells(t *testing.T) {
	data := "uCode,a\n"
	for i := range 1000 {
		data += fmt.Sprintf("u%d,x\n", i)
	}
	p, list := imported(t, "iCode,Level,Parent,Type,Direction,Weight\na,1,I,Indicator,1,1\nI,2,NA,Aggregate,1,1\n", data)
	assert.Nil(t, p)
	require.Len(t, list, shown+1)
	assert.Equal(t, "980 more findings of this kind from here on", list[shown].Message)
	assert.Equal(t, "iData.csv:22:5", list[shown].Place.String())
}

// FuzzImport: whatever two files hold, importing them ends, with findings that
// stand within them; and a project without errors is a document of which there
// is nothing to say.
func FuzzImport(f *testing.F) {
	const meta = "iCode,iName,Level,Parent,Type,Direction,Weight,Unit,Target,Denominator,Source\n"
	const data = "uCode,uName,Time,GDP,a,b\nu,U,2020,1,2,NA\nv,V,2021,,3,4\n"
	f.Add([]byte(meta+"a,A,1,S,Indicator,1,1,x,1,GDP,s\nb,B,1,I,Indicator,-1,0.5,x,1,,s\nS,S,2,I,Aggregate,1,2,,,,\nI,I,3,NA,Aggregate,1,,,,,\nGDP,G,,,Denominator,,,y,,,s\n"), []byte(data))
	f.Add([]byte(meta+"a,A,1,S,Indicator,1,1,x,1,GDP,s\nS,S,2,T,Aggregate,1,2,,,,\nT,I,2,S,Aggregate,1,,,,,\n"), []byte(data))
	f.Add([]byte("\ufeffiCode;Type;Level;Parent;Direction;Weight\r\n\"a\";Indicator;1;\"I\";1;1\r\nI;Aggregate;2;NA;1;1\r\n"), []byte("sep=;\nuCode;a\r\nu;1,5\r\n"))
	f.Add([]byte(""), []byte("uCode"))
	f.Fuzz(func(t *testing.T, meta, data []byte) {
		p, list, err := Import(Input{Name: "iMeta.csv", Text: meta}, Input{Name: "iData.csv", Text: data})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			text := meta
			if d.Place.File == "iData.csv" {
				text = data
			}
			if lines := strings.Count(string(text), "\n") + 1; d.Place.Line > lines || d.Place.Line < 0 || d.Place.Column < 0 {
				t.Fatalf("%v stands outside the file of %d lines", d, lines)
			}
		}
		if p == nil {
			return
		}
		valid(t, p)
	})
}
