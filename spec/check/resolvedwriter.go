package check

import (
	"fmt"
	"strconv"
	"strings"

	"rubric/spec/method"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// writer writes YAML: plain where a text can stand plain, else quoted.
type writer struct {
	lines   []Line
	from    source.Place // of the lines whose own key nobody wrote
	written *tree.Node   // what those that follow were written in; nil: nothing
}

func (w *writer) line(depth int, format string, args ...any) {
	w.lines = append(w.lines, Line{strings.Repeat("  ", depth) + fmt.Sprintf(format, args...), w.from, w.written})
}

// at writes lines that say what a value says which stands at a place.
func (w *writer) at(from source.Place, written *tree.Node, lines func()) {
	before := *w
	w.from, w.written = from, written
	lines()
	w.from, w.written = before.from, before.written
}

// under writes lines that say what was written under a key; where nobody wrote that, they
// come from where the lines before do.
func (w *writer) under(key string, lines func()) {
	if e := w.written.Entry(key); e != nil {
		w.at(e.Key.Place(), e.Value, lines)
		return
	}
	w.at(w.from, nil, lines)
}

// block writes a key with lines below it.
func (w *writer) block(depth int, key string, lines func()) {
	w.under(key, func() {
		w.line(depth, "%s:", key)
		lines()
	})
}

// choice writes what settles a key of a node: from where it stands, on the node or in a
// default.
func (w *writer) choice(n *Node, key string, lines func()) {
	if v, ok := n.from[key]; ok {
		w.at(v.Place(), v, lines)
		return
	}
	w.under(key, lines)
}

// pair writes a key with a value that needs no quotes.
func (w *writer) pair(depth int, key, value string) {
	if value != "" {
		w.under(key, func() { w.line(depth, "%s: %s", key, value) })
	}
}

func (w *writer) text(depth int, key, value string) {
	if value != "" {
		w.pair(depth, key, tree.Scalar(value))
	}
}

// title writes a text that may be there in several languages.
func (w *writer) title(depth int, key, value string) {
	w.pair(depth, key, titled(value, w.written.Get(key)))
}

// titled is a text as it was written: in all its languages where it has several.
func titled(value string, written *tree.Node) string {
	if len(entries(written)) == 0 {
		if value == "" {
			return ""
		}
		return tree.Scalar(value)
	}
	var out []string
	for _, e := range written.Entries {
		out = append(out, tree.Scalar(e.Key.Value)+": "+tree.Scalar(strings.TrimSpace(e.Value.Value)))
	}
	return "{" + strings.Join(out, ", ") + "}"
}

// flow are keys and texts in a flow map, those that there are, where what was written
// under a key has them.
func (w *writer) flow(key string, pairs ...string) string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		if text := titled(pairs[i+1], w.written.Get(key).Get(pairs[i])); text != "" {
			out = append(out, pairs[i]+": "+text)
		}
	}
	return strings.Join(out, ", ")
}

func list(words []string) string {
	out := make([]string, len(words))
	for i, s := range words {
		out[i] = tree.Scalar(s)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// written is a method with all its parameters, in a flow map.
func written(call method.Call, key string) string {
	if len(call.Args) == 0 {
		return call.Method
	}
	out := "{" + key + ": " + call.Method
	for _, a := range call.Args {
		out += ", " + a.Name + ": " + argument(a)
	}
	return out + "}"
}

func writtenAll(calls []method.Call) string {
	var out []string
	for _, c := range calls {
		out = append(out, written(c, "method"))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func argument(a method.Arg) string {
	switch {
	case a.Levels != nil:
		var out []string
		for _, l := range a.Levels {
			out = append(out, tree.Scalar(l.Text)+": "+number(l.Score))
		}
		return "{" + strings.Join(out, ", ") + "}"
	case a.Ladder != nil:
		var out []string
		for _, r := range a.Ladder {
			out = append(out, "{"+bounds(r.Low, r.High, r.LowIncluded, r.HighIncluded)+"score: "+number(r.Score)+"}")
		}
		return "[" + strings.Join(out, ", ") + "]"
	case a.Nodes != nil:
		return list(a.Nodes)
	case a.Word != "":
		return tree.Scalar(a.Word)
	case a.Pair[0] < a.Pair[1]:
		return fmt.Sprintf("[%s, %s]", number(a.Pair[0]), number(a.Pair[1]))
	}
	return number(a.Number)
}

// bounds writes the bounds that there are, each with a comma behind it.
func bounds(low, high *float64, lowIncluded, highIncluded bool) (out string) {
	side := func(x *float64, included bool, in, ex string) {
		if x == nil {
			return
		}
		if !included {
			in = ex
		}
		out += fmt.Sprintf("%s: %s, ", in, number(*x))
	}
	side(low, lowIncluded, "from", "above")
	side(high, highIncluded, "up_to", "below")
	return out
}
