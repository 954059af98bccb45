package dataset_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/engine/dataset"
	"rubric/spec/check"
)

func read(t *testing.T, csv string, columns ...string) *dataset.Dataset {
	t.Helper()
	m := &check.Methodology{Units: check.Units{Noun: "town", Plural: "towns"}}
	for _, name := range columns {
		m.Columns = append(m.Columns, check.Column{Name: name, Header: name, Headers: []string{name}, Text: name == "kind"})
	}
	d, list, err := dataset.Load(m, dataset.Inputs{Data: []dataset.Input{{Name: "data.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(csv)), nil }}}})
	require.NoError(t, err)
	require.NotNil(t, d, "%v", list)
	return d
}

// cells writes a column down, a missing cell as –.
func cells(d *dataset.Dataset, column string) string {
	var out []string
	for i := range d.Rows() {
		c := d.Columns[column]
		id, text := d.ID(i), "–"
		switch {
		case !c.Valid.Get(i):
		case c.Text != nil:
			text = c.Text[i]
		default:
			text = strings.Repeat("|", int(c.Values[i]))
		}
		out = append(out, id+" "+text)
	}
	return strings.Join(out, ", ")
}

func TestStackedRowsKeepTheirCells(t *testing.T) {
	a := read(t, "town,x,kind,y\nAda,1,old,7\nBly,,new,7\n", "x", "kind", "y")
	b := read(t, "town,x,kind\nCor,3,\nAda,2,old\n", "x", "kind")
	out, ok := dataset.Stack([]dataset.Row{{Of: b, At: 1}, {Of: a, At: 1}, {Of: b, At: 0}})
	require.True(t, ok)
	require.Equal(t, "Ada ||, Bly –, Cor |||", cells(out, "x"))
	require.Equal(t, "Ada old, Bly new, Cor –", cells(out, "kind"))
	require.Nil(t, out.Columns["y"], "absent in b is absent, not missing")
	require.Equal(t, 3, out.Columns["x"].Line(0), "Ada is on the third line of its file")
	require.Equal(t, 3, out.Columns["x"].Line(1))
	// All rows of one data set are that data set.
	same, _ := dataset.Stack([]dataset.Row{{Of: a, At: 0}, {Of: a, At: 1}})
	require.Same(t, a, same)
	empty, _ := dataset.Stack(nil)
	require.Zero(t, empty.Rows())
}

func TestAnotherReadingOfTheSameFile(t *testing.T) {
	csv := "town,x,y\nAda,1,4\nBly,2,\n"
	x, y := read(t, csv, "x"), read(t, "town,x,y\nBly,2,\nAda,1,4\n", "y")
	both := x.With(y)
	require.Equal(t, "Ada ||||, Bly –", cells(both, "y"))
	require.Nil(t, x.Columns["y"], "the data set itself stays what it is")
	require.True(t, both.Same(y.With(x)))
	require.False(t, both.Same(x))
	require.False(t, x.Same(read(t, "town,x\nAda,1\nBly,3\n", "x")))
	require.True(t, x.Same(read(t, "town,x\nAda,1\nCor,3\n", "x")), "only what both have is held together")
	require.Equal(t, []int{1, 0}, y.Matched(x))
}
