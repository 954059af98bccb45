package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/spec/diag"
)

// FuzzRead holds the reader together with encoding/csv, and with itself in
// chunks of another size: neither may be seen in what it reads and finds.
func FuzzRead(f *testing.F) {
	for _, seed := range seeds(f) {
		f.Add(seed, uint8(7), uint8(2), uint16(0))
		f.Add(seed, uint8(1), uint8(3), uint16(20))
	}
	f.Fuzz(checkRead)
}

func checkRead(t *testing.T, data []byte, chunk, workers uint8, maxLine uint16) {
	o := Options{Name: "f.csv", Pick: fuzzPick, Workers: 1, MaxLine: int(maxLine)}
	whole, findings, err := Read(bytes.NewReader(data), o)
	require.NoError(t, err)
	checkFindings(t, data, findings)
	require.Equal(t, whole == nil, findings.Errors() > 0)

	o.chunk, o.Workers, o.Size = int(chunk)+1, int(workers)%4+1, int64(len(data))
	pieces, again, err := Read(iotest.HalfReader(bytes.NewReader(data)), o)
	require.NoError(t, err)
	require.Equal(t, findings, again)
	requireSame(t, whole, pieces)

	if maxLine == 0 {
		slow, ok := readSlowly(data, o)
		require.Equal(t, ok, whole != nil, "%v", findings)
		if ok {
			requireSame(t, slow, whole)
		}
	}
}

// TestRead_random_files is FuzzRead over files that are put together from what
// matters in them.
func TestRead_random_files(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	pieces := []string{
		",", ",", ",", ";", "\n", "\n", "\r\n", "\"", "\"\"", "\"a\"", "\"a,\nb\"", " ", "\t", "\r", "x", "y", "é", "1", "12", "-3.5", "1,5", ".", "e",
		"1234567", "0.000001", "1e5", "99999999999999999999", "n/a", "\xff", "\x00", "x,1,2\n", "y,3,4\n", "z,,\n", "\"q\",5,\"6\"\n", "|",
	}
	rows := 0
	for range 3000 {
		data := []byte([]string{"id,a,b\n", "id,ta,b\r\n", "id;a;xb\n", "a,id,b\n", "id\n", "\ufeffid\ta\ttb\n", ""}[random.IntN(7)])
		good := random.IntN(2) == 0
		for unit := range random.IntN(30) {
			if good {
				data = fmt.Appendf(data, "u%d,%d.%0*d,%s\n", unit, random.IntN(1e6), random.IntN(12), unit, []string{"", "1", "-0.25", "\"7\"", "1e5", " 3 "}[random.IntN(6)])
			} else {
				data = append(data, pieces[random.IntN(len(pieces))]...)
			}
		}
		limit := uint16(0)
		if random.IntN(4) == 0 {
			limit = uint16(1 + random.IntN(30))
		}
		checkRead(t, data, uint8(random.IntN(60)), uint8(random.IntN(4)), limit)
		if table, _, _ := Read(bytes.NewReader(data), Options{Name: "f.csv", Pick: fuzzPick}); table != nil {
			rows += table.Rows
		}
		if t.Failed() {
			t.Logf("%q", data)
			return
		}
	}
	assert.Greater(t, rows, 1000, "most of the files are bad")
}

func fuzzPick(header string) (Want, bool) {
	switch {
	case strings.HasPrefix(header, "t"):
		return Want{"text_" + header, Text}, true
	case strings.HasPrefix(header, "x"):
		return Want{}, false
	}
	return Want{header, Number}, true
}

// seeds are files that are good and files that are bad.
func seeds(f *testing.F) (all [][]byte) {
	for _, c := range goodFiles {
		all = append(all, []byte(c.file))
	}
	for _, c := range badFiles {
		all = append(all, []byte(c.file))
	}
	return all
}

// checkFindings holds places against the file.
func checkFindings(t *testing.T, data []byte, findings diag.List) {
	t.Helper()
	lines := bytes.Count(data, newline) + 1
	for _, d := range findings {
		require.NotEmpty(t, d.Code)
		require.NotEmpty(t, d.Message)
		require.NotEmpty(t, d.Help, "%+v", d)
		require.True(t, utf8.ValidString(d.Message+d.Help+d.Place.Text), "%+v", d)
		require.Equal(t, "f.csv", d.Place.File)
		require.LessOrEqual(t, d.Place.Line, lines)
		require.GreaterOrEqual(t, d.Place.EndLine, 0)
		if d.Place.Text != "" && d.Place.Column > 0 {
			require.LessOrEqual(t, d.Place.Column, utf8.RuneCountInString(d.Place.Text)+2, "%+v", d)
		}
	}
}

func requireSame(t *testing.T, want, got *Table) {
	t.Helper()
	require.Equal(t, want == nil, got == nil)
	if want == nil {
		return
	}
	require.Equal(t, want.Rows, got.Rows)
	require.Equal(t, want.Key, got.Key)
	require.Equal(t, want.Unused, got.Unused)
	require.Len(t, got.Columns, len(want.Columns))
	for i := range want.Rows {
		require.Equal(t, want.ID(i), got.ID(i))
		require.Equal(t, want.Line(i), got.Line(i))
		row, ok := got.Row(want.ID(i))
		require.True(t, ok)
		require.Equal(t, i, row)
	}
	for i, c := range want.Columns {
		g := got.Columns[i]
		require.Equal(t, c.Header, g.Header)
		require.Equal(t, c.Name, g.Name)
		require.Equal(t, c.Kind, g.Kind)
		require.Equal(t, c.Decimals, g.Decimals, c.Name)
		require.Equal(t, c.Valid, g.Valid)
		require.Equal(t, c.Text, g.Text)
		require.Len(t, g.Values, len(c.Values))
		for row := range c.Values {
			require.Equal(t, math.Float64bits(c.Values[row]), math.Float64bits(g.Values[row]), "%s row %d", c.Name, row)
		}
	}
}

var (
	decimal = regexp.MustCompile(`^[+-]?(?:[0-9]+(?:[.,]([0-9]*))?|[.,]([0-9]+))(?:[eE]([+-]?[0-9]+))?$`)
	group   = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$`)
)

// readSlowly reads the rows with encoding/csv, and numbers with strconv.
func readSlowly(data []byte, o Options) (*Table, bool) {
	in := &feed{r: bytes.NewReader(data), size: len(data) + 1, limit: DefaultMaxLine}
	h, findings := readHead(in, o)
	rest := bytes.Clone(in.peek(len(data) + 1))
	if h == nil || len(findings) > 0 || !utf8.Valid(rest) || bytes.IndexByte(rest, 0) >= 0 {
		return nil, false
	}
	table := &Table{Name: o.Name, Key: h.key, Columns: h.columns, Unused: h.unused, units: &units{seed: h.seed}}
	for _, c := range table.Columns {
		c.Valid = make([]uint64, len(rest)/64+1)
	}
	reader := csv.NewReader(bytes.NewReader(rest))
	reader.Comma, reader.FieldsPerRecord = rune(h.delim), -1
	blank := " \r\n"
	if h.delim != '\t' {
		blank += "\t"
	}
	var marks, groups [2]bool
	for start := int64(0); ; start = reader.InputOffset() {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, false
		}
		if len(bytes.Trim(rest[start:reader.InputOffset()], blank)) == 0 {
			continue
		}
		unit := ""
		if len(record) == len(h.slots) {
			unit = strings.TrimSpace(record[h.unit])
		}
		if _, twice := table.Row(unit); unit == "" || twice {
			return nil, false
		}
		line, _ := reader.FieldPos(0)
		table.lines = append(table.lines, jump{table.Rows, h.above + line})
		table.units.add([]byte(unit), hashOf(table.units, unit))
		for _, c := range table.Columns {
			text := strings.TrimSpace(record[c.Header.Index])
			if c.Kind == Text {
				c.Text = append(c.Text, text)
			} else if value, decimals, ok := slowNumber(text, h.delim); ok {
				c.Values = append(c.Values, value)
				c.Decimals = max(c.Decimals, decimals)
				if at := strings.IndexAny(text, ".,"); at >= 0 && h.delim != ',' {
					marks[text[at]>>1&1] = true
					groups[text[at]>>1&1] = groups[text[at]>>1&1] || group.MatchString(text)
				}
			} else {
				return nil, false
			}
			if text != "" {
				c.Valid.Set(table.Rows)
			}
		}
		table.Rows++
	}
	for _, c := range table.Columns {
		c.Valid = c.Valid[:(table.Rows+63)/64]
	}
	ambiguous := groups[0] && marks[1] || groups[1] && marks[0]
	return table, table.Rows > 0 && !ambiguous
}

func slowNumber(text string, delim byte) (value float64, decimals int, ok bool) {
	if text == "" {
		return 0, 0, true
	}
	parts := decimal.FindStringSubmatch(text)
	if parts == nil || delim == ',' && strings.Contains(text, ",") {
		return 0, 0, false
	}
	value, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	exponent, _ := strconv.Atoi(parts[3])
	return value, min(max(len(parts[1]+parts[2])-exponent, 0), maxDecimals), err == nil
}

// FuzzParse holds parse against strconv.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"0", "-0", "1.5", "1e22", "1e23", "9007199254740993", "123456789012345678", "1e999", "4.9e-324", "0x1p3", "1_0", "Inf", ".5", "5.", "+.5e-3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, delim := range []byte{',', ';'} {
			want, decimals, ok := slowNumber(text, delim)
			got, err := parse([]byte(text), delim != ',')
			if text == "" {
				ok = false
			}
			assert.Equal(t, ok, err == nil)
			if ok && err == nil {
				assert.Equal(t, math.Float64bits(want), math.Float64bits(got.value))
				assert.Equal(t, decimals, got.decimals)
			}
		}
	})
}
