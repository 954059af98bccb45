package table

import (
	"bytes"
	"hash/maphash"
	"unicode/utf8"

	"rubric/spec/diag"
	"rubric/spec/source"
)

const maxColumns = 1 << 16

// head is what the beginning of a file says.
type head struct {
	layout
	headers []Header
	above   int // lines above the first row's
	key     Header
	columns []*Column
	unused  []Header
}

// readHead reads the header line, and leaves the feed behind it. Where it gives
// no head, nothing else of the file is worth reading.
func readHead(f *feed, o Options) (*head, diag.List) {
	h := &head{layout: layout{file: o.Name, maxLine: f.limit, seed: maphash.MakeSeed()}}
	text := f.peek(16)
	if d, ok := checkForeign(o.Name, text); ok {
		return nil, diag.List{d}
	}
	if bom := []byte("\ufeff"); bytes.HasPrefix(text, bom) {
		f.skip(len(bom))
	}
	for range o.HeaderRow - 1 { // what stands above the headers
		line := f.line()
		f.skip(len(line))
		h.above += bytes.Count(line, newline)
	}
	line := h.firstLine(f)
	if delim, ok := declared(line); ok {
		h.delim = delim
		f.skip(len(line))
		h.above++
		line = h.firstLine(f)
	}
	if f.err != nil {
		return nil, nil
	}
	if d, ok := h.checkLine(line); ok {
		return nil, diag.List{d}
	}
	if h.delim == 0 {
		h.delim = sniff(line, o.Key)
	}
	h.comma = '.'
	if h.delim != ',' {
		h.comma = ','
	}
	findings, ok := h.split(line)
	if ok {
		f.skip(len(line))
		f.delim = h.delim
		h.above += bytes.Count(line, newline)
		findings.Add(h.checkNames()...)
		ok = h.findKey(f, o.Key, &findings)
		if h.numbered() && (!ok || h.unit == 0) {
			findings.Add(diag.New(diag.DataHeader, h.headers[0].Place, "column 1 has no header").
				WithHelp("name the column; if it numbers the rows, save the file without it"))
		}
	}
	if !ok {
		return nil, findings
	}
	findings.Add(h.pick(o.Pick)...)
	return h, findings
}

// firstLine is the first line that is not blank. Blank lines before it are
// skipped.
func (h *head) firstLine(f *feed) []byte {
	for {
		line := f.line()
		if len(line) == 0 || len(bytes.TrimSpace(line)) > 0 || len(line) > h.maxLine {
			return line
		}
		f.skip(len(line))
		h.above += bytes.Count(line, newline)
	}
}

// checkLine finds what keeps a header line from being split.
func (h *head) checkLine(line []byte) (diag.Diagnostic, bool) {
	at := func(p int) source.Place { return place(h.file, line, h.above+1, 0, p, min(p+1, len(line))) }
	cr, nul := bytes.IndexByte(line, '\r'), bytes.IndexByte(line, 0)
	switch {
	case len(line) == 0:
		return diag.New(diag.DataEmpty, source.Place{File: h.file}, "the file is empty").
			WithHelp("the first line names the columns, each line after it is a row"), true
	case nul >= 0:
		return zeroByte(at(nul)), true
	case cr >= 0 && cr+1 < len(line) && line[cr+1] != '\n':
		return diag.New(diag.DataSyntax, at(cr), "a carriage return without a line feed").
			WithHelp("save the file with line ends of Unix (LF) or Windows (CRLF)"), true
	case len(bytes.TrimSuffix(line, newline)) > h.maxLine:
		return tooLong(place(h.file, line[:h.maxLine], h.above+1, 0, 0, 0), h.maxLine), true
	case !utf8.Valid(line):
		bad := invalidUTF8(line)
		return notUTF8(at(bad), line[bad]), true
	}
	return diag.Diagnostic{}, false
}

// split makes headers of the header line.
func (h *head) split(line []byte) (diag.List, bool) {
	closed := line
	if !bytes.HasSuffix(line, newline) {
		closed = append(bytes.Clone(line), '\n')
	}
	s := scanner{layout: &h.layout}
	s.setText(append(make([]byte, 0, len(closed)+padding), closed...))
	at := cursor{text: line, line: h.above + 1}
	for p := 0; p < len(s.text); {
		if len(h.headers) == maxColumns {
			return diag.List{diag.New(diag.DataLimit, at.place(h.file, p, p), "more than %d columns", maxColumns)}, false
		}
		text, end := s.field(len(h.headers), p)
		if end < 0 {
			return diag.List{moved(s.neverClosed(), h.above+1)}, false
		}
		from, to := s.span(p, end)
		h.headers = append(h.headers, Header{
			Name:  string(bytes.TrimSpace(text)),
			Place: at.place(h.file, from, to),
			Index: len(h.headers),
		})
		p = end + 1
		if s.buf[end] == '\n' {
			break
		}
	}
	var out diag.List
	for i := range s.pending {
		out.Add(moved(s.describe(&s.pending[i], ""), h.above+1))
	}
	return out, len(out) == 0
}

// cursor walks along the header line, so that the places of many headers take
// one pass, and share the text of the line.
type cursor struct {
	text        []byte
	line        int
	at, columns int    // offset, and characters before it in its line
	shown       string // the line
}

// place is that of the text from one offset to another, not before the cursor.
func (c *cursor) place(file string, from, to int) source.Place {
	c.walk(from)
	p := source.Place{File: file, Line: c.line, Column: c.columns + 1, Text: c.shown}
	c.walk(to)
	p.EndLine, p.EndColumn = c.line, c.columns+1
	if p.Column > longestLine || p.EndLine == p.Line && p.EndColumn > longestLine {
		p.Text = ""
	}
	return p
}

func (c *cursor) walk(to int) {
	if c.at == 0 {
		c.shown = lineText(c.text, longestLine-20)
	}
	for ; c.at < to; c.columns++ {
		if c.text[c.at] == '\n' {
			c.shown = lineText(c.text[c.at+1:], longestLine-20)
			c.line, c.columns = c.line+1, -1
		}
		_, size := utf8.DecodeRune(c.text[c.at:])
		c.at += size
	}
}

// numbered says whether the first column has no header, as where R or pandas
// number the rows. It is not read, unless it should be that of the units.
func (h *head) numbered() bool { return len(h.headers) > 1 && h.headers[0].Name == "" }

// checkNames finds headers that are empty or stand twice.
func (h *head) checkNames() (out diag.List) {
	first := map[string]int{}
	last := len(h.headers) - 1
	for i, header := range h.headers {
		before, twice := first[header.Name]
		switch {
		case header.Name == "" && i == last && i > 0:
			out.Add(diag.New(diag.DataHeader, header.Place, "column %d has no header: the line ends with a %s", i+1, delimiterName(h.delim)).
				WithHelp("name the column, or remove the %s at the end of every line", delimiterName(h.delim)))
		case i == 0 && h.numbered():
		case header.Name == "":
			out.Add(diag.New(diag.DataHeader, header.Place, "column %d has no header", i+1).WithHelp("name the column"))
		case twice:
			out.Add(diag.New(diag.DataHeader, header.Place, "the header `%s` stands twice", cut([]byte(header.Name))).
				WithHelp("name one of the columns otherwise").
				WithRelated(h.headers[before].Place, "the first is here"))
		default:
			first[header.Name] = i
		}
	}
	return out
}

// pick asks for each other header what its column is read as.
func (h *head) pick(pick func(string) (Want, bool)) (out diag.List) {
	if pick == nil {
		pick = func(header string) (Want, bool) { return Want{Name: header}, true }
	}
	asked, taken := map[string]bool{"": true, h.key.Name: true}, map[string]Header{}
	if h.numbered() && h.unit != 0 {
		h.unused = append(h.unused, h.headers[0])
	}
	for i, header := range h.headers {
		if i == h.unit || asked[header.Name] {
			continue
		}
		asked[header.Name] = true
		want, ok := pick(header.Name)
		if !ok {
			h.unused = append(h.unused, header)
			continue
		}
		if other, ok := taken[want.Name]; ok {
			out.Add(diag.New(diag.DataHeader, header.Place, "the headers `%s` and `%s` both mean the column `%s`",
				cut([]byte(other.Name)), cut([]byte(header.Name)), want.Name).
				WithHelp("name one of the columns otherwise").
				WithRelated(other.Place, "the first is here"))
			continue
		}
		taken[want.Name] = header
		h.columns = append(h.columns, &Column{Header: header, Name: want.Name, Kind: want.Kind})
		if want.Kind == Text {
			h.slots[i].use, h.slots[i].column = asText, h.texts
			h.texts++
		} else {
			h.slots[i].use, h.slots[i].column = asNumber, h.numbers
			h.numbers++
		}
	}
	return out
}
