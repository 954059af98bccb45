package chapter

import (
	"slices"
	"strings"

	"rubric/spec/check"
	"rubric/spec/extend"
	"rubric/spec/tree"
)

// changes says what the edition has otherwise than the one that it extends.
func (b *builder) changes() Section {
	if len(b.m.Extends) == 0 {
		return Section{}
	}
	t := Table{By: -1, Head: []Head{{Title: b.say("change")}, {Title: b.say("of what")}, {Title: b.say("before")}, {Title: b.say("now")}}}
	for _, m := range b.m.Moved {
		of := Text{code(m.To)}
		if n, _ := b.m.Node(m.To); n != nil {
			of = b.node(n)
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{cell(b.say("moved")), {Text: of}, {Text: Text{code(m.From)}}, {Text: Text{code(m.To)}}}})
	}
	for _, c := range entries(b.m.Changes) {
		if c.Keys[0] == "files" { // where figures lie is no part of the method
			continue
		}
		kind := "changed"
		switch {
		case c.Before == nil:
			kind = "added"
		case c.After == nil:
			kind = "removed"
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{cell(b.say(kind)), {Text: b.changed(c)}, {Text: b.shown(c.Keys, c.Before)}, {Text: b.shown(c.Keys, c.After)}}})
	}
	intro := append(text(b.say("changes intro")+" "), code(b.m.Extends[0].Ref), plain(b.say("stop")))
	out := Section{ID: sectionID("changes"), Title: b.say("changes"), Blocks: []Block{Paragraph{intro}}}
	if len(t.Rows) == 0 {
		out.Blocks = append(out.Blocks, Paragraph{text(b.say("no changes"))})
		return out
	}
	out.Blocks = append(out.Blocks, t)
	return out
}

// changed says what a change is of: a node or a column by its title, and the key.
func (b *builder) changed(c extend.Change) (out Text) {
	path, keys := nodePath(c.Keys)
	whole := c.Before
	if whole == nil {
		whole = c.After
	}
	switch {
	case path != "":
		kind := map[string]string{"dimensions": "one dimension", "variables": "one variable", "indicators": "one indicator"}[c.Keys[2*strings.Count(path, "/")]]
		out = Text{plain(b.say(kind) + " "), code(path)}
		if n, _ := b.m.Node(path); n != nil && n.Path == path {
			out = append(text(b.say(kind)+" "), b.node(n)...)
		} else if title := b.titleOf(whole.Get("title")); title != "" && len(keys) == 0 {
			out = text(b.say(kind) + " " + title)
		}
	case keys[0] == "columns" && len(keys) > 1:
		out = Text{plain(b.say("one column") + " "), code(keys[1])}
		if column := b.m.Column(keys[1]); column != nil {
			out = Text{plain(b.say("one column") + " "), {Text: column.Title, Link: "#" + columnID(column.Name)}}
		} else if title := b.titleOf(whole.Get("title")); title != "" && len(keys) == 2 {
			out = text(b.say("one column") + " " + title)
		}
		keys = keys[2:]
	case keys[0] == "derive" && len(keys) > 1:
		out = Text{plain(b.say("one derived") + " "), code(keys[1])}
		if n, _ := b.m.Node(keys[1]); n != nil {
			out = append(text(b.say("one derived")+" "), b.node(n)...)
		}
		keys = keys[2:]
	}
	if len(keys) == 0 {
		return out
	}
	if len(out) > 0 {
		out = append(out, plain(b.say("colon")))
	}
	return append(out, code(strings.Join(keys, ".")))
}

// nodePath parts the keys that lead to a node from those behind it.
func nodePath(keys []string) (path string, rest []string) {
	var ids []string
	for len(keys) > 1 && slices.Contains([]string{"dimensions", "variables", "indicators"}, keys[0]) {
		ids, keys = append(ids, keys[1]), keys[2:]
	}
	return strings.Join(ids, "/"), keys
}

// titleOf is a title of what is gone, or new.
func (b *builder) titleOf(n *tree.Node) string {
	if n == nil || n.Kind != tree.Map {
		return n.Text()
	}
	if x := n.Get(b.language); x != nil {
		return x.Value
	}
	for _, e := range n.Entries {
		if check.Akin(e.Key.Value, b.language) {
			return e.Value.Value
		}
	}
	if x := n.Get(languages[0]); x != nil || len(n.Entries) == 0 {
		return x.Text()
	}
	return n.Entries[0].Value.Value
}

// entries are changes in which a section that is new or gone is its entries.
func entries(changes []extend.Change) (out []extend.Change) {
	for _, c := range changes {
		whole := c.Before
		if whole == nil {
			whole = c.After
		}
		if len(c.Keys) > 1 || c.Before != nil && c.After != nil || !slices.Contains([]string{"columns", "derive", "sources", "unproven"}, c.Keys[0]) {
			out = append(out, c)
			continue
		}
		for _, e := range whole.Entries {
			one := extend.Change{Keys: []string{c.Keys[0], e.Key.Value}, Place: e.Key.Place()}
			if c.Before != nil {
				one.Before = e.Value
			} else {
				one.After = e.Value
			}
			out = append(out, one)
		}
	}
	return out
}

// shown is a value of the document: of a node or a figure its formula, of another
// thing that is new or gone its name.
func (b *builder) shown(keys []string, n *tree.Node) Text {
	last := keys[len(keys)-1]
	switch {
	case n == nil:
		return text("–")
	case last == "title" || last == "description" || last == "note":
		return text(b.titleOf(n))
	case n.Get("formula") != nil && n.Get("method") == nil:
		return Text{code(n.Get("formula").Text())}
	case n.Kind == tree.Map && (n.Get("title") != nil || slices.Contains([]string{"dimensions", "variables", "indicators"}, keys[max(len(keys)-2, 0)])):
		return Text{code(last)}
	}
	return Text{code(flow(n))}
}

// flow is a value on one line of YAML.
func flow(n *tree.Node) string {
	var out []string
	switch n.Kind {
	case tree.Map:
		for _, e := range n.Entries {
			out = append(out, tree.Scalar(e.Key.Value)+": "+flow(e.Value))
		}
		return "{" + strings.Join(out, ", ") + "}"
	case tree.List:
		for _, x := range n.Items {
			out = append(out, flow(x))
		}
		return "[" + strings.Join(out, ", ") + "]"
	}
	return n.Value
}
