// Package chapter says what a methodology is, as the chapter on method that the
// publishers of an index write by hand: what is ranked, the table of indicators, how
// a value becomes a score and scores become an index, what a missing figure does,
// where figures come from. It is made from the checked document alone, and from the
// descriptions of the methods that the catalogue has.
//
//	c := chapter.Of(m, catalogue, chapter.Options{Language: "zh"})
//	markdown.Write(w, c)
//
// A Chapter is a value: sections of paragraphs, lists, tables and formulas, in one
// language. How they look is for the packages below it. What holds everywhere is said
// once, and only what is otherwise is named.
package chapter

import (
	"unicode"
	"unicode/utf8"

	"rubric/spec/check"
	"rubric/spec/method"
	"rubric/spec/typeset"
)

// Chapter is what is to be said, in its order.
type Chapter struct {
	Language    string // of its own words, as HTML names it
	Title       string
	Subtitle    string // the edition
	Description string
	Contents    string // what the list of contents is called
	Colon       string // behind a label
	Sections    []Section
	Foot        Text
}

// Section is a part of the chapter with an anchor of its own.
type Section struct {
	ID, Title string
	Blocks    []Block
	Sections  []Section
}

// Block is one of Paragraph, List, Facts, Table and Math.
type Block interface{ block() }

// Paragraph is a paragraph.
type Paragraph struct{ Text Text }

// List is a list of points.
type List struct{ Items []Text }

// Facts are short answers, each behind what it is about.
type Facts struct{ Items []Fact }

// Fact is one of them.
type Fact struct {
	ID     string // its anchor; empty: none
	Label  string
	Text   Text
	Blocks []Block // what does not fit into a line
}

// Math is a formula on a line of its own.
type Math struct{ Formula *typeset.Formula }

// Text is a run of pieces.
type Text []Piece

// Piece is a piece of text in one style. A link leads to an anchor, as #node/gdp, or
// to an address on the web.
type Piece struct {
	Text    string
	Link    string
	Strong  bool
	Code    bool
	Formula *typeset.Formula // instead of the text
}

func (Paragraph) block() {}
func (List) block()      {}
func (Facts) block()     {}
func (Math) block()      {}
func (Table) block()     {}

// Options say how the chapter is to be.
type Options struct {
	Language string // of the words that are not the document's; "" is English
	Digest   string // of what the document means, for the foot; "" leaves it out
}

// Of makes the chapter of a methodology. Titles are in the language that it was
// checked in.
func Of(m *check.Methodology, catalogue method.Catalogue, o Options) *Chapter {
	b := &builder{m: m, catalogue: catalogue, words: wordsOf(o.Language), numbers: map[*check.Node]int{}, titles: map[string]int{}}
	b.number()
	c := &Chapter{
		Language: o.Language, Title: m.Title, Subtitle: b.say("edition %s", m.Edition), Description: m.Description,
		Contents: b.say("contents"), Colon: b.say("colon"),
	}
	if c.Language == "" {
		c.Language = languages[0]
	}
	for _, make := range []func() Section{
		b.overview, b.structure, b.indicators, b.scoring, b.weights, b.missing, b.bands, b.derived, b.unproven, b.methods, b.columns, b.sources, b.changes,
	} {
		if s := make(); len(s.Blocks)+len(s.Sections) > 0 {
			c.Sections = append(c.Sections, s)
		}
	}
	c.Foot = b.foot(o.Digest)
	return c
}

// builder is the state of one Of.
type builder struct {
	words
	m         *check.Methodology
	catalogue method.Catalogue
	numbers   map[*check.Node]int // of the indicators, in document order
	titles    map[string]int      // how many nodes of a level share a title
	used      []method.Signature  // the methods that were named
}

func (b *builder) number() {
	for _, n := range b.m.Nodes {
		b.titles[n.Level.String()+" "+n.Title]++
		if n.Level == check.Indicator {
			b.numbers[n] = len(b.numbers) + 1
		}
	}
}

func (b *builder) foot(digest string) Text {
	out := Text{plain(b.say("made"))}
	if digest != "" {
		out = append(out, plain(b.say("space")+b.say("digest")+b.say("space")), code(digest))
	}
	return out
}

func plain(s string) Piece { return Piece{Text: s} }
func code(s string) Piece  { return Piece{Text: s, Code: true} }
func text(s string) Text   { return Text{plain(s)} }

func cell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Text: text(s)}
}

// The anchors.
func nodeID(n *check.Node) string { return "node/" + n.Path }
func columnID(name string) string { return "column/" + name }
func reasonID(id string) string   { return "reason/" + id }
func sourceID(id string) string   { return "source/" + id }
func sectionID(id string) string  { return "section/" + id }

// node is the title of a node, which leads to it. Of several that are called alike,
// the dimension is said, too.
func (b *builder) node(n *check.Node) Text {
	if n.Level == check.Index { // it has no place of its own
		return text(n.Title)
	}
	link := Piece{Text: n.Title, Link: "#" + nodeID(n)}
	top := n
	for top.Parent != nil && top.Parent.Level != check.Index {
		top = top.Parent
	}
	if b.titles[n.Level.String()+" "+n.Title] > 1 && top != n {
		return Text{link, plain(b.say("in brackets %s", top.Title))}
	}
	return Text{link}
}

// joined puts texts into one, with commas between them.
func (b *builder) joined(texts []Text) (out Text) {
	for i, t := range texts {
		if i > 0 {
			out = append(out, plain(b.say("comma")))
		}
		out = append(out, t...)
	}
	return out
}

// sourceOfAll says once what all rows of a column say.
func (b *builder) sourceOfAll(t Text) []Block {
	if t == nil {
		return nil
	}
	return []Block{Paragraph{append(append(text(b.say("source of all")+b.say("colon")), t...), plain(b.say("stop")))}}
}

// capital begins with a capital.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// String is the text without its styles.
func (t Text) String() (out string) {
	for _, p := range t {
		if p.Formula != nil {
			out += p.Formula.Text()
			continue
		}
		out += p.Text
	}
	return out
}
