package table

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// repeated is a reader of one byte, so often.
func repeated(c byte, times int64) io.Reader {
	return io.LimitReader(readerFunc(func(p []byte) (int, error) {
		for i := range p {
			p[i] = c
		}
		return len(p), nil
	}), times)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestRead_refuses_a_line_of_200_megabytes(t *testing.T) {
	for _, c := range []struct {
		name, before string
		fill         byte
		want         string
	}{
		{"header", "", 'a', "1:1: error: a line longer than 16 MiB [data/limit]"},
		{"row", "id,a\nx,1\ny,", '1', "3:1: error: a line longer than 16 MiB [data/limit]"},
		{"delimiters", "id,a\nx,1\ny,", ',', "3:1: error: a line longer than 16 MiB [data/limit]"},
		{"quoted", "id,t\nx,1\ny,\"", '\n', "3:1: error: a line longer than 16 MiB [data/limit]"},
		{"spaces", "id,t\nx,1\n", ' ', "3:1: error: a line longer than 16 MiB [data/limit]"},
		{"header_of_delimiters", "id", ',', "1:1: error: a line longer than 16 MiB [data/limit]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r := io.MultiReader(strings.NewReader(c.before), repeated(c.fill, 200<<20))
			table, findings, err := Read(r, Options{Name: "f.csv", Pick: fuzzPick, Size: 200 << 20})
			runtime.ReadMemStats(&after)
			require.NoError(t, err)
			assert.Nil(t, table)
			require.Len(t, findings, 1)
			assert.Equal(t, "f.csv:"+c.want, findings[0].String())
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(200<<20))
		})
	}
}

func TestRead_lines_up_to_the_limit(t *testing.T) {
	file := "id,a\nx,1234\ny,12345\n\"z\n\",1"
	for _, chunk := range []int{0, 1, 3, 8} {
		for limit, want := range map[int]string{
			3: "1:1", 4: "2:1", 5: "2:1", 6: "3:1", 7: "", 8: "",
		} {
			_, findings, err := Read(strings.NewReader(file), Options{MaxLine: limit, chunk: chunk})
			require.NoError(t, err)
			if want == "" {
				assert.Empty(t, findings, limit)
			} else {
				assert.Equal(t, []string{":" + want + ": a line longer"}, starts(findings), "limit %d chunk %d", limit, chunk)
			}
		}
	}
}

func starts(findings diag.List) (out []string) {
	for _, d := range findings {
		out = append(out, d.Place.String()+": "+d.Message[:min(13, len(d.Message))])
	}
	return out
}

func TestRead_many_columns(t *testing.T) {
	_, findings, err := Read(strings.NewReader("id"+strings.Repeat(",", maxColumns)+"\n"), Options{})
	require.NoError(t, err)
	require.Len(t, findings, 1)
	assert.Equal(t, "data/limit", findings[0].Code)

	// Short rows do not get the block of a wide file each.
	var wide strings.Builder
	wide.WriteString("id")
	for i := range 20000 {
		fmt.Fprintf(&wide, ",%d", i)
	}
	r := io.MultiReader(strings.NewReader(wide.String()+"\n"), readerOf("x\n", 1000000))
	_, findings, err = Read(r, Options{Name: "f.csv"})
	require.NoError(t, err)
	require.Len(t, findings, shownFindings+1)
	assert.Equal(t, "f.csv:102:2: error: 999900 more findings of this kind from here on [data/row]", findings[shownFindings].String())
}

func readerOf(text string, times int) io.Reader {
	return io.LimitReader(iotest.DataErrReader(readerFunc(func(p []byte) (int, error) {
		n := 0
		for n+len(text) <= len(p) {
			n += copy(p[n:], text)
		}
		return n, nil
	})), int64(len(text)*times))
}

func TestRead_lists_so_many_findings_of_a_code(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("id,a\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "u%d,n/a\n", i)
	}
	b.WriteString("u1,1\nu2,1,2\n")
	for _, o := range []Options{{}, {chunk: 10, Workers: 3}, {chunk: 2000, Workers: 2}} {
		o.Name = "f.csv"
		_, findings, err := Read(bytes.NewReader(b.Bytes()), o)
		require.NoError(t, err)
		require.Len(t, findings, shownFindings+3)
		assert.Equal(t, "f.csv:2:4: error: `n/a` is not a number, in column `a` of `u0` [data/number]", findings[0].String())
		assert.Equal(t, "f.csv:102:6: error: 900 more findings of this kind from here on [data/number]", findings[shownFindings].String())
		assert.Equal(t, "f.csv:1002:1: error: the unit `u1` stands twice [data/duplicate-unit]", findings[shownFindings+1].String())
		assert.Equal(t, "f.csv:1003:6: error: expected 2 fields, as the header has, found 3 [data/row]", findings[shownFindings+2].String())
	}
}

func TestRead_places(t *testing.T) {
	long := strings.Repeat("长", 300)
	file := "id,t,a\nx,\"two\nlines\",n/a\n" + long + ",,n/a\n" + "z" + long + "," + long + long + long + ",n/a\ny," + long + ",1,2\n"
	_, findings, err := Read(strings.NewReader(file), Options{Name: "f.csv", Pick: fuzzPick})
	require.NoError(t, err)
	require.Len(t, findings, 4)
	assert.Equal(t, source.Place{File: "f.csv", Line: 3, Column: 8, EndLine: 3, EndColumn: 11, Text: `lines",n/a`}, findings[0].Place)
	assert.Equal(t, source.Place{File: "f.csv", Line: 4, Column: 303, EndLine: 4, EndColumn: 306, Text: long + ",,n/a"}, findings[1].Place)
	assert.Equal(t, source.Place{File: "f.csv", Line: 5, Column: 1204, EndLine: 5, EndColumn: 1207}, findings[2].Place)
	assert.Equal(t, source.Place{File: "f.csv", Line: 6, Column: 306, EndLine: 6, EndColumn: 307, Text: "y," + long + ",1,2"}, findings[3].Place)

	assert.Equal(t, strings.Repeat("y", shownLine)+"…", place("f", []byte(strings.Repeat("y", 300)), 1, 0, 0, 0).Text)
}

func TestRead_decimal_commas_that_may_be_thousands(t *testing.T) {
	table, findings, err := Read(strings.NewReader("id;a\nx;1,234\ny;5\n"), Options{Name: "f.csv"})
	require.NoError(t, err)
	require.NotNil(t, table)
	require.Len(t, findings, 1)
	assert.Equal(t, "f.csv:2:3: warning: `1,234` is read with a decimal comma, but every comma of the file stands where a thousands separator would [data/number]", findings[0].String())
	assert.Equal(t, 1.234, table.Columns[0].Values[0])

	for _, file := range []string{"id;a\nx;1,234\ny;0,5\n", "id;a\nx;1234,567\n", "id;a\r\nx;0,567\r\ny;-0,123\r\n", "id;a\nx;0,567\ny;1.5\n", "id;a\nx;1.234\ny;2.5\n", "id;a\nx;1,25\ny;2.5\n", "id,a\nx,1.234\n"} {
		_, findings, err := Read(strings.NewReader(file), Options{Name: "f.csv"})
		require.NoError(t, err)
		assert.Empty(t, findings, file)
	}
}

func TestRead_picks(t *testing.T) {
	var asked []string
	file := "a,city,notes,b,c\n1.50,x,ok,2.125,\n1e-3,y,,-2,3\n"
	table, findings, err := Read(strings.NewReader(file), Options{
		Name: "f.csv", Key: []string{"unit", "city"},
		Pick: func(header string) (Want, bool) {
			asked = append(asked, header)
			return Want{"the_" + header, map[string]Kind{"notes": Text}[header]}, header != "b"
		},
	})
	require.NoError(t, err)
	require.Empty(t, findings)
	assert.Equal(t, []string{"a", "notes", "b", "c"}, asked)
	assert.Equal(t, "2 x 1.5 \"ok\" _\n3 y 0.001 _ 3\n", shown(table))
	assert.Equal(t, Header{"city", source.Place{File: "f.csv", Line: 1, Column: 3, EndLine: 1, EndColumn: 7, Text: "a,city,notes,b,c"}, 1}, table.Key)
	require.Len(t, table.Unused, 1)
	assert.Equal(t, "b", table.Unused[0].Name)
	assert.Equal(t, "the_notes", table.Columns[1].Name)
	assert.Equal(t, 3, table.Columns[0].Decimals)
	assert.Equal(t, 4, table.Columns[2].Header.Index)

	_, findings, err = Read(strings.NewReader(file), Options{Name: "f.csv", Key: []string{"city"}, Pick: func(string) (Want, bool) { return Want{Name: "same", Kind: Text}, true }})
	require.NoError(t, err)
	require.Len(t, findings, 3)
	assert.Equal(t, "f.csv:1:8: error: the headers `a` and `notes` both mean the column `same` [data/header]", findings[0].String())
}

func TestRead_units_that_repeat(t *testing.T) {
	table, findings, err := Read(strings.NewReader("id,node,a\nx,p,1\nx,q,2\ny,p,3\n"), Options{Name: "f.csv", Repeat: true, Pick: func(h string) (Want, bool) {
		return Want{h, map[string]Kind{"node": Text}[h]}, true
	}})
	require.NoError(t, err)
	require.Empty(t, findings)
	assert.Equal(t, "2 x \"p\" 1\n3 x \"q\" 2\n4 y \"p\" 3\n", shown(table))
	row, ok := table.Row("x")
	assert.True(t, ok)
	assert.Equal(t, 0, row)
}

func TestUnits(t *testing.T) {
	u := &units{}
	u.seed = maphash.MakeSeed()
	u.reserve(3)
	for i := range 1000 {
		id := fmt.Sprint("u", i)
		_, twice := u.add([]byte(id), hashOf(u, id))
		require.False(t, twice)
	}
	first, twice := u.add([]byte("u7"), hashOf(u, "u7"))
	assert.True(t, twice)
	assert.Equal(t, 7, first)
	for i := range 1000 {
		row, ok := u.find(fmt.Sprint("u", i))
		assert.True(t, ok)
		assert.Equal(t, i, row)
	}
	_, ok := u.find("v")
	assert.False(t, ok)

	// Equal hashes are not equal ids.
	same := &units{seed: maphash.MakeSeed()}
	for i, id := range []string{"c", "b", "a"} {
		_, twice = same.add([]byte(id), 5)
		assert.False(t, twice, i)
	}
	first, twice = same.add([]byte("b"), 5)
	assert.True(t, twice)
	assert.Equal(t, 1, first)
}

// Ids that ascend are not hashed before that is needed, and the same is found.
func TestUnitsThatAscend(t *testing.T) {
	for _, ids := range [][]string{{}, {"a"}, {"a", "b", "c"}, {"", "a", "b"}, {"a", "b", "b"}, {"a", "", "b", "a"}, {"b", "a", "a", "c", "b"}, {"a", "b", ""}} {
		quick, slow := &units{seed: maphash.MakeSeed()}, &units{seed: maphash.MakeSeed()}
		for _, id := range ids {
			first, twice := 0, false
			if !quick.ascend([]byte(id)) {
				first, twice = quick.add([]byte(id), hashOf(quick, id))
			}
			first2, twice2 := slow.add([]byte(id), hashOf(slow, id))
			assert.Equal(t, []any{first2, twice2}, []any{first, twice}, "%q at %q", ids, id)
		}
		for _, id := range append(ids, "z", "") {
			row, ok := quick.find(id)
			row2, ok2 := slow.find(id)
			assert.Equal(t, []any{row2, ok2}, []any{row, ok}, "%q: %q", ids, id)
		}
	}
}
