package table

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func hashOf(u *units, id string) uint32 { return uint32(maphash.String(u.seed, id)) }

// shown is a table as the tests below write it: a line a row, with its line
// number, and absent cells as _.
func shown(t *Table) string {
	var b strings.Builder
	for i := range t.Rows {
		fmt.Fprintf(&b, "%d %s", t.Line(i), t.ID(i))
		for _, c := range t.Columns {
			switch {
			case !c.Valid.Get(i):
				b.WriteString(" _")
			case c.Kind == Text:
				fmt.Fprintf(&b, " %q", c.Text[i])
			default:
				fmt.Fprintf(&b, " %v", c.Values[i])
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

var goodFiles = []struct{ name, file, want string }{
	{"plain", "id,a,b\nx,1,2.5\ny,-3,\n", "2 x 1 2.5\n3 y -3 _\n"},
	{"byte_order_mark", "\ufeffid,a\nx,1\n", "2 x 1\n"},
	{"carriage_returns", "id,a,b\r\nx,1,2\r\n\r\ny,3,\r\n", "2 x 1 2\n4 y 3 _\n"},
	{"no_final_line_end", "id,a\nx,1\ny,2", "2 x 1\n3 y 2\n"},
	{"no_final_line_end_and_empty_cell", "id,a\nx,1\ny,", "2 x 1\n3 y _\n"},
	{"blank_lines", "\n  \nid,a\n\nx,1\n \t \n\ny,2\nz,3\n\n", "5 x 1\n8 y 2\n9 z 3\n"},
	{"semicolons_and_decimal_commas", "id;a;b\nx;1,5;-2,25\ny;,5;1e3\n", "2 x 1.5 -2.25\n3 y 0.5 1000\n"},
	{"tabs", "id\ta\nx\t1.5\ny\t\n", "2 x 1.5\n3 y _\n"},
	{"bars", "id|a\nx|1,5\n", "2 x 1.5\n"},
	{"delimiter_of_the_key", "id;GDP, at prices, of 2024\nx;1\n", "2 x 1\n"},
	{"declared_delimiter", "sep=;\r\nid;a\r\nx;1\r\n", "3 x 1\n"},
	{"quoted_header", "\"id\",\"a, b\",\"t\"\"q\"\"\"\nx,1,\"y\"\n", "2 x 1 \"y\"\n"},
	{"quotes", "id,t,a\n\"x, y\",\"say \"\"hi\"\"\",\"1.5\"\n\"z\",\"\",\"\"\n", "2 x, y \"say \\\"hi\\\"\" 1.5\n3 z _ _\n"},
	{"line_ends_in_quotes", "id,t,a\r\nx,\"one\r\ntwo\",1\r\ny,\"\nthree\",2\r\nz,four,3\r\n", "2 x \"one\\ntwo\" 1\n4 y \"three\" 2\n6 z \"four\" 3\n"},
	{"line_end_in_header", "id,\"a\nb\"\nx,1\n", "3 x 1\n"},
	{"spaces", " id , a ,t\n x , 1.5 , y \n\u3000z\u00a0,\t2,  \n", "2 x 1.5 \"y\"\n3 z 2 _\n"},
	{"unused_columns", "id,x1,a,x2\nu,\"q,\",1,n/a\nv,,2,\n", "2 u 1\n3 v 2\n"},
	{"only_units", "id\nu\nv\n", "2 u\n3 v\n"},
	{"key_not_first", "a,id,b\n1,u,2\n3,v,\n", "2 u 1 2\n3 v 3 _\n"},
	{"chinese", "id,国内生产总值,t\n北京,49843.1,一线\n上海,,\n", "2 北京 49843.1 \"一线\"\n3 上海 _ _\n"},
	{"numbers", "id,a\n1,-0\n2,+5\n3,5.\n4,.5\n5,1e3\n6,1E-3\n7,12345678\n8,123456789\n9,0.1234567890123456789\n10,9007199254740993\n11,1e-400\n",
		"2 1 -0\n3 2 5\n4 3 5\n5 4 0.5\n6 5 1000\n7 6 0.001\n8 7 1.2345678e+07\n9 8 1.23456789e+08\n10 9 0.12345678901234568\n11 10 9.007199254740992e+15\n12 11 0\n"},
}

func TestRead_good(t *testing.T) {
	for _, c := range goodFiles {
		for _, chunk := range []int{0, 1, 5, 16} {
			t.Run(fmt.Sprint(c.name, "/", chunk), func(t *testing.T) {
				o := Options{Name: "f.csv", Key: []string{"unit", "id"}, Pick: fuzzPick, chunk: chunk}
				got, findings, err := Read(strings.NewReader(c.file), o)
				require.NoError(t, err)
				require.Empty(t, findings)
				assert.Equal(t, c.want, shown(got))
			})
		}
	}
}

func TestRead_reader_fails(t *testing.T) {
	broken := errors.New("the disk is on fire")
	for _, before := range []string{"", "id,a\n", "id,a\nx,1\ny,2\n"} {
		r := iotest.ErrReader(broken)
		_, _, err := Read(io.MultiReader(strings.NewReader(before), r), Options{Name: "f.csv", chunk: 4})
		require.ErrorIs(t, err, broken)
		assert.EqualError(t, err, "read f.csv: the disk is on fire")
	}
}

func TestRead_unknown_size_and_wrong_size(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("id,a,t\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "unit %d,%d.%d,%s\n", i, i, i%100, strings.Repeat("t", i%3))
	}
	want, _, err := Read(bytes.NewReader(b.Bytes()), Options{Name: "f.csv", Pick: fuzzPick, Size: int64(b.Len())})
	require.NoError(t, err)
	require.Equal(t, 5000, want.Rows)
	for _, size := range []int64{0, 1, 1000, 1 << 20} {
		got, findings, err := Read(bytes.NewReader(b.Bytes()), Options{Name: "f.csv", Pick: fuzzPick, Size: size, chunk: 300, Workers: 4})
		require.NoError(t, err)
		require.Empty(t, findings)
		requireSame(t, want, got)
	}
}
