package layout

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"rubric/spec/source"
	"rubric/spec/tree"
)

// Random bytes are seldom a document; these are documents that are seldom tidy.
func TestUntidyDocuments(t *testing.T) {
	laid := 0
	for seed := range uint64(4000) {
		a := author{r: rand.New(rand.NewPCG(seed, 1))}
		a.tidy = max(0, a.r.IntN(60)-20)
		a.block(0, 3)
		if _, list := tree.Parse(source.NewFile("m.yaml", a.b.Bytes())); list.Errors() > 0 {
			t.Fatalf("it cannot be read: %v\n%s", list, a.b.String())
		}
		if out := holds(t, a.b.Bytes()); !bytes.Equal(out, a.b.Bytes()) {
			laid++
		}
	}
	if laid < 3000 {
		t.Errorf("only %d of them were untidy", laid)
	}
}

// author writes a document without care.
type author struct {
	r    *rand.Rand
	b    bytes.Buffer
	tidy int // the column of comments, and of values now and then; 0: none
}

// column is where the author is.
func (a *author) column() int {
	return columns(a.b.Bytes()[bytes.LastIndexByte(a.b.Bytes(), '\n')+1:])
}

// value is the space before a value.
func (a *author) value() string {
	if a.tidy > 0 && a.r.IntN(3) > 0 {
		return spaces(max(1, a.tidy-20-a.column()))
	}
	return a.space(1)
}

func (a *author) of(choices ...string) string { return choices[a.r.IntN(len(choices))] }

// space is white space of at least so many columns: mostly no more.
func (a *author) space(least int) string {
	return strings.Repeat(" ", least+max(0, a.r.IntN(12)-7))
}

// word is a text that can stand anywhere.
func (a *author) word() string {
	return a.of("a", "gdp", "Title", "two words", "'it''s'", `"q\"x"`, "1.50", "~", "甲乙", "x:z", "a-b", "long long text", "2024", `" "`)
}

// key is a key that no other of its map has.
func (a *author) key(i int) string {
	return fmt.Sprintf(a.of("k%d", "key_%d", "'q %d'", "a_long_key_%d", "甲%d"), i)
}

// end ends a line, with a comment now and then, and blank lines and comments below.
func (a *author) end(column int) {
	switch {
	case a.tidy > 0 && a.r.IntN(3) > 0: // an author who has a column for comments
		a.b.WriteString(spaces(max(1, a.tidy-a.column())) + a.of("# why", "# and why"))
		if a.r.IntN(4) == 0 {
			a.b.WriteString("\n" + spaces(a.tidy) + "# on and on")
		}
	case a.r.IntN(5) == 0:
		a.b.WriteString(a.space(1) + a.of("# why", "#x", "#", "#  a: b"))
	case a.r.IntN(9) == 0:
		a.b.WriteString(a.of(" ", "   ", "\t"))
	}
	a.b.WriteByte('\n')
	for a.r.IntN(7) == 0 {
		a.b.WriteString(a.of("\n", "   \n", "\n\n\n", spaces(column)+"# above\n", spaces(a.r.IntN(12))+"# anywhere\n"))
	}
}

// block writes a map or a list from a column on.
func (a *author) block(column, depth int) {
	list, table := a.r.IntN(4) == 0, a.r.IntN(3) == 0
	for i := range 1 + a.r.IntN(5) {
		a.b.WriteString(spaces(column))
		at := column
		if list {
			a.b.WriteString("-")
		} else {
			key := a.key(i)
			a.b.WriteString(key + a.of("", "", "", " ") + ":")
			at += len(key)
		}
		switch kind := a.r.IntN(8); {
		case table && kind < 7:
			a.b.WriteString(a.value())
			a.row()
			a.end(column)
		case kind == 0 && depth > 0:
			a.end(column + 1)
			a.block(column+1+a.r.IntN(5), depth-1)
		case kind == 1:
			a.b.WriteString(a.space(1) + a.of("|", ">-", "|+", ">", "|-"))
			a.b.WriteString(a.of("", "", " # why") + "\n")
			deep := spaces(column + 1 + a.r.IntN(6))
			for range 1 + a.r.IntN(3) {
				a.b.WriteString(deep + a.of("text", "a: b", "# no comment", "text  ") + "\n" + a.of("", "", "\n", deep+"   more\n"))
			}
		case kind == 2:
			a.b.WriteString(a.value())
			a.broken(column)
			a.end(column)
		case kind == 3:
			a.b.WriteString(a.space(1) + a.of("plain", "'single", `"double`) + "\n" + a.of("", "\n") + spaces(column+1+a.r.IntN(9)))
			a.b.WriteString(a.of("on", "and on") + map[byte]string{'p': "", '\'': "'", '"': `"`}[lastQuote(a.b.Bytes())])
			a.end(column)
		case kind == 4 && !list:
			a.end(column)
		default:
			a.b.WriteString(a.value() + a.word())
			a.end(column)
		}
	}
}

// lastQuote is the first character of the last word that began a scalar over two lines.
func lastQuote(text []byte) byte {
	at := max(bytes.LastIndex(text, []byte("plain")), bytes.LastIndex(text, []byte("'single")), bytes.LastIndex(text, []byte(`"double`)))
	return text[at]
}

// row writes a flow map on one line.
func (a *author) row() {
	a.b.WriteString("{" + a.of("", "", " "))
	for i, key := range []string{"t", "f", "m", "s"} {
		if i > 0 && a.r.IntN(4) == 0 {
			continue
		}
		if i > 0 {
			a.b.WriteString("," + a.space(1))
		}
		a.b.WriteString(key + ":" + a.of(" ", " ", "  "))
		switch a.r.IntN(6) {
		case 0:
			a.b.WriteString("{p: " + a.word() + "," + a.space(1) + "q: " + a.word() + "}")
		case 1:
			a.b.WriteString("[" + a.word() + a.of(",", ", ", " ,  ") + a.word() + "]")
		default:
			a.b.WriteString(a.word())
		}
	}
	a.b.WriteString(a.of("", "", " ") + "}")
}

// broken writes a flow map over several lines.
func (a *author) broken(column int) {
	pad := func() string {
		return a.of("", "", " # in") + "\n" + a.of("", "", "", "\n", spaces(column+2)+"# on its own\n") + spaces(column+1+a.r.IntN(8))
	}
	a.b.WriteString("{" + a.of("", " ", "  ", pad()))
	for i := range 1 + a.r.IntN(4) {
		if i > 0 {
			a.b.WriteString("," + a.of(" ", "   ", pad()))
		}
		a.b.WriteString(fmt.Sprintf("b%d: ", i))
		if a.r.IntN(4) == 0 {
			a.b.WriteString("[" + a.of("", pad()) + a.word() + "," + a.of(" ", pad()) + a.word() + a.of("", pad()) + "]")
		} else {
			a.b.WriteString(a.word())
		}
	}
	a.b.WriteString(a.of("", " ", pad()) + "}")
}
