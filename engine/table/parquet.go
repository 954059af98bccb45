package table

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"rubric/engine/cell"
	"rubric/spec/diag"
	"rubric/spec/source"
)

// readParquet reads the picked columns of a Parquet file, several at a time. The
// place of a cell is its row, counted from 1. Whole numbers, floating ones and
// decimals are numbers; a null is no figure, and so is a NaN, which is reported.
func readParquet(r io.ReaderAt, size int64, o Options) (t *Table, list diag.List, err error) {
	damaged := func(why any) diag.List {
		return diag.List{diag.New(diag.DataSyntax, source.Place{File: o.Name}, "the Parquet file cannot be read: %v", why).WithHelp("write it again, or save the table as CSV")}
	}
	defer func() { // the library panics on some damaged files
		if p := recover(); p != nil {
			t, list, err = nil, damaged(p), nil
		}
	}()
	// The library makes room for a footer of whatever length is written there.
	var end [8]byte
	if size < 12 {
		return nil, damaged("it is too short"), nil
	}
	if _, err := r.ReadAt(end[:], size-8); err != nil {
		return nil, damaged(err), nil
	}
	if length := int64(binary.LittleEndian.Uint32(end[:])); string(end[4:]) != "PAR1" || length > size-12 {
		return nil, damaged("its end is missing"), nil
	}
	f, openErr := parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if openErr != nil {
		return nil, damaged(openErr), nil
	}
	if f.NumRows() < 0 || f.NumRows() > 64*size { // a row has a unit, which takes a bit at least
		return nil, damaged(fmt.Sprintf("it says that it has %d rows, which it is too small for", f.NumRows())), nil
	}
	if f.NumRows() > maxRows {
		return nil, diag.List{diag.New(diag.DataLimit, source.Place{File: o.Name}, "more than %d rows", maxRows)}, nil
	}
	var headers []Header
	leaves := f.Root().Columns()
	for i, c := range leaves {
		headers = append(headers, Header{Name: strings.TrimSpace(c.Name()), Place: source.Place{File: o.Name}, Index: i})
	}
	b, found := newBuilder(o, headers, source.Place{File: o.Name})
	if b == nil {
		return nil, found, nil
	}
	p := &parquetReader{f: f, b: b, rows: int(f.NumRows()), leaves: leaves}
	if !p.types() {
		return nil, b.found.all().Sorted(), nil
	}
	if err := p.read(); err != nil {
		return nil, damaged(err), nil
	}
	return p.table()
}

// parquetReader is the state of one reading.
type parquetReader struct {
	f      *parquet.File
	b      *builder
	rows   int
	leaves []*parquet.Column

	mu   sync.Mutex
	nans []int // by column: cells that are NaN
}

// types refuses the columns that hold no figures where some are meant.
func (p *parquetReader) types() bool {
	for i, c := range p.leaves {
		out := p.b.columns[i]
		if out == nil && i != p.b.key {
			continue
		}
		what := ""
		switch kind := parquet.Kind(-1); {
		case !c.Leaf():
			what = "a group of columns"
		case c.Repeated() || c.MaxRepetitionLevel() > 0:
			what = "a list in every cell"
		default:
			kind = c.Type().Kind()
			number := out != nil && out.Kind == Number
			switch {
			case kind == parquet.Boolean && number:
				what = "truth values"
			case timely(c) && number:
				what = "dates or times"
			case kind == parquet.Int96 && number:
				what = "times"
			}
		}
		if what == "" {
			continue
		}
		means := "numbers"
		if i == p.b.key || out.Kind == Text {
			means = "texts"
		}
		p.b.found.add(diag.New(diag.DataNumber, source.Place{File: p.b.o.Name}, "the column `%s` has %s, where %s are meant", cut([]byte(c.Name())), what, means).
			WithHelp("write it as plain %s", means))
	}
	return len(p.b.found.list) == 0
}

// read reads the columns, several at a time.
func (p *parquetReader) read() error {
	p.nans = make([]int, len(p.leaves))
	var work []int
	for i := range p.leaves {
		if i == p.b.key { // the longest first
			work = append([]int{i}, work...)
		} else if p.b.columns[i] != nil {
			work = append(work, i)
		}
	}
	for _, c := range p.b.t.Columns {
		c.Valid = cell.NewBits(p.rows)
		if c.Kind == Text {
			c.Text = make([]string, p.rows)
		} else {
			c.Values = make([]float64, p.rows)
		}
	}
	p.b.t.units.reserve(p.rows)
	next := make(chan int, len(work))
	for _, i := range work {
		next <- i
	}
	close(next)
	workers := p.b.o.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var group sync.WaitGroup
	errs := make([]error, workers)
	for w := range workers {
		group.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					errs[w] = fmt.Errorf("%v", r)
				}
			}()
			for i := range next {
				if err := p.column(i); err != nil && errs[w] == nil {
					errs[w] = err
				}
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// column reads all pages of a column.
func (p *parquetReader) column(i int) error {
	leaf := p.leaves[i]
	r := &pageReader{parquetReader: p, i: i, leaf: leaf, c: p.b.columns[i], most: byte(leaf.MaxDefinitionLevel())}
	for _, group := range p.f.RowGroups() {
		r.dictionary = nil // each row group has its own
		pages := group.ColumnChunks()[leaf.Index()].Pages()
		for {
			page, err := pages.ReadPage()
			if errors.Is(err, io.EOF) {
				break
			}
			if err == nil {
				err = r.page(page)
				parquet.Release(page)
			}
			if err != nil {
				return errors.Join(err, pages.Close())
			}
		}
		if err := pages.Close(); err != nil {
			return err
		}
	}
	if r.row != p.rows {
		return fmt.Errorf("the column `%s` has %d cells, and the file %d rows", leaf.Name(), r.row, p.rows)
	}
	return nil
}

// single is a number of 32 bits as the shortest decimal that means it: 0.1, not
// 0.10000000149011612.
func single(x float32) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(float64(x), 'g', -1, 32), 64)
	if err != nil {
		return float64(x)
	}
	return y
}

// value puts one cell into its column.
func (p *parquetReader) value(i int, leaf *parquet.Column, v parquet.Value, row int) {
	if v.IsNull() {
		return
	}
	x, text, number := figure(leaf, v)
	c := p.b.columns[i]
	switch {
	case c.Kind == Text && number:
		c.Text[row] = shortest(x)
		c.Valid.Set(row)
	case c.Kind == Text:
		if text = strings.TrimSpace(text); text != "" {
			p.marked(c, text, row, func() { c.Text[row] = text; c.Valid.Set(row) })
		}
	case number && (math.IsNaN(x) || math.IsInf(x, 0)):
		p.nans[i]++
	case number:
		c.Values[row] = x
		c.Valid.Set(row)
	default: // a text in a column of numbers
		if text = strings.TrimSpace(text); text == "" {
			return
		}
		p.marked(c, text, row, func() {
			n, err := parse([]byte(text), false)
			if err != nil {
				p.report(diag.New(diag.DataNumber, source.Place{File: p.b.o.Name, Line: row + 1}, "`%s` is not a number, in column `%s`", cut([]byte(text)), cut([]byte(c.Header.Name))).
					WithHelp("%s", numberHelp([]byte(text), ';')))
				return
			}
			c.Values[row] = n.value
			c.Valid.Set(row)
		})
	}
}

// marked notes a marker, or does what is to be done with any other text.
func (p *parquetReader) marked(c *Column, text string, row int, otherwise func()) {
	if k, ok := p.b.markers[text]; ok {
		c.mark(row, k)
		return
	}
	otherwise()
}

// figure is a value as a number, or else as a text.
func figure(leaf *parquet.Column, v parquet.Value) (x float64, text string, number bool) {
	decimal, scale := scaleOf(leaf)
	switch v.Kind() {
	case parquet.Boolean:
		return 0, strconv.FormatBool(v.Boolean()), false
	case parquet.Int32:
		if unsigned(leaf) {
			return float64(v.Uint32()), "", true
		}
		return scaled(big.NewInt(int64(v.Int32())), scale), "", true
	case parquet.Int64:
		if unsigned(leaf) {
			return float64(v.Uint64()), "", true
		}
		return scaled(big.NewInt(v.Int64()), scale), "", true
	case parquet.Float:
		return single(v.Float()), "", true
	case parquet.Double:
		return v.Double(), "", true
	}
	if decimal {
		n := new(big.Int).SetBytes(v.ByteArray())
		if b := v.ByteArray(); len(b) > 0 && b[0]&0x80 != 0 { // two's complement
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
		}
		return scaled(n, scale), "", true
	}
	if text := v.ByteArray(); !utf8.Valid(text) {
		return 0, string(bytes.ToValidUTF8(text, []byte("\ufffd"))), false
	}
	return 0, string(v.ByteArray()), false
}

// timely says whether a column has dates or times.
func timely(c *parquet.Column) bool {
	if l := c.Type().LogicalType(); l != nil {
		switch l.Value.(type) {
		case *format.DateType, *format.TimeType, *format.TimestampType:
			return true
		}
	}
	return false
}

// unsigned says whether the integers of a column have no sign.
func unsigned(c *parquet.Column) bool {
	if l := c.Type().LogicalType(); l != nil {
		if i, ok := l.Value.(*format.IntType); ok {
			return !i.IsSigned
		}
	}
	return false
}

// scaleOf is how many digits of a decimal stand behind its point.
func scaleOf(c *parquet.Column) (decimal bool, scale int32) {
	if l := c.Type().LogicalType(); l != nil {
		if d, ok := l.Value.(*format.DecimalType); ok {
			return true, d.Scale
		}
	}
	return false, 0
}

// scaled is n / 10^scale, rounded once.
func scaled(n *big.Int, scale int32) float64 {
	if scale == 0 && n.IsInt64() {
		return float64(n.Int64())
	}
	x, err := strconv.ParseFloat(fmt.Sprintf("%se-%d", n, scale), 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

// unit is the id that a value of the unit column is.
func unit(leaf *parquet.Column, v parquet.Value) []byte {
	if v.IsNull() {
		return nil
	}
	x, text, number := figure(leaf, v)
	if number {
		text = shortest(x)
	}
	return []byte(strings.TrimSpace(text))
}

// units adds the units of the next rows. Their column is read in order, by one
// worker.
func (p *parquetReader) units(ids [][]byte, row int) {
	b, u := p.b, p.b.t.units
	var hashes []uint32
	if u.slots != nil {
		for _, id := range ids {
			hashes = append(hashes, u.hash(id))
		}
		u.warm(hashes)
	}
	for k, id := range ids {
		first, twice := 0, false
		switch {
		case u.ascend(id):
		case hashes == nil:
			first, twice = u.add(id, u.hash(id))
		default:
			first, twice = u.add(id, hashes[k])
		}
		if len(id) > 0 && (!twice || b.o.Repeat) {
			continue
		}
		at := source.Place{File: b.o.Name, Line: row + k + 1}
		if len(id) == 0 {
			p.report(diag.New(diag.DataKey, at, "a row without a unit: its cell of `%s` is empty", cut([]byte(b.t.Key.Name))).WithHelp("name the unit, or leave the row out"))
			continue
		}
		p.report(diag.New(diag.DataDuplicate, at, "the unit `%s` stands twice", cut(id)).WithUnit(string(id)).
			WithRelated(source.Place{File: b.o.Name, Line: first + 1}, "the first is here").
			WithHelp("a unit has one row a file: remove one of the two, or name one otherwise; for figures of several times declare `periods:`"))
	}
}

func (p *parquetReader) report(d diag.Diagnostic) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.b.found.add(d)
}

// table finishes the table, and says what NaN there was.
func (p *parquetReader) table() (*Table, diag.List, error) {
	b := p.b
	b.t.Rows = p.rows
	if p.rows > 0 {
		b.t.lines.add(0, 1)
	}
	for i, c := range b.columns {
		if c == nil || c.Kind == Text {
			continue
		}
		if p.nans[i] > 0 {
			d := diag.New(diag.DataNumber, source.Place{File: b.o.Name}, "%d cells of `%s` are no numbers (NaN or infinite), and are taken for missing", p.nans[i], cut([]byte(c.Header.Name)))
			d.Severity = diag.Warning
			b.found.add(d.WithHelp("write nulls where there is no figure"))
		}
		for row := 0; row < len(c.Values) && row < 256; row++ { // as a sample: it only says how figures are shown
			if c.Valid.Get(row) {
				c.Decimals = max(c.Decimals, decimalsIn(shortest(c.Values[row])))
			}
		}
	}
	return b.table()
}
