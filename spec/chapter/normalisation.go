package chapter

import (
	"slices"

	"rubric/spec/check"
	"rubric/spec/method"
)

// normalisation says how values become scores. Where many nodes have one method with
// parameters of their own, these are a table.
func (b *builder) normalisation(nodes []*check.Node) (Fact, bool) {
	if !slices.ContainsFunc(nodes, func(n *check.Node) bool { return n.Normalise.Method != "none" && n.Normalise.Method != "" }) {
		if len(nodes) > 0 && nodes[0].Level == check.Indicator {
			return Fact{Label: b.say("normalisation"), Text: text(b.say("no normalisation"))}, true
		}
		return Fact{}, false // a score that is the aggregate needs no word
	}
	variants := map[string][]string{}
	for _, n := range nodes {
		key := written(n.Normalise)
		if !slices.Contains(variants[n.Normalise.Method], key) {
			variants[n.Normalise.Method] = append(variants[n.Normalise.Method], key)
		}
	}
	base := commonest(nodes)
	found := rules(nodes, func(n *check.Node) (string, func() Fact) {
		c := n.Normalise
		if len(variants[c.Method]) > fewVariants {
			return c.Method, func() Fact { return b.variants(nodes, c.Method) }
		}
		key := written(c)
		if n.NormaliseFormula != nil {
			key += n.NormaliseFormula.Text
		}
		return key, func() Fact {
			if other := differing(c.Args, base.Args); c.Method == base.Method && len(other) > 0 && n.NormaliseFormula == nil {
				s, _ := b.catalogue.Find(method.Normalise, c.Method)
				return Fact{Text: b.arguments(s, other), Blocks: b.tables(c)}
			}
			said, blocks := b.call(method.Normalise, c)
			return Fact{Text: said, Blocks: append(blocks, b.own(n.NormaliseFormula, n)...)}
		}
	})
	return b.fact("normalisation", nodes, found)
}

// commonest is the normalisation that more than half of the nodes have; none if none
// has so many.
func commonest(nodes []*check.Node) method.Call {
	for _, r := range rules(nodes, func(n *check.Node) (string, func() Fact) { return written(n.Normalise), nil }) {
		if 2*len(r.nodes) > len(nodes) {
			return r.nodes[0].Normalise
		}
	}
	return method.Call{}
}

// differing are the parameters that are not those of another call.
func differing(args, base method.Args) (out method.Args) {
	for _, a := range args {
		if !slices.ContainsFunc(base, func(x method.Arg) bool { return x.Name == a.Name && argument(x) == argument(a) }) {
			out = append(out, a)
		}
	}
	return out
}

// fewVariants of a method are named one by one.
const fewVariants = 3

// variants says one method of many nodes: what they share once, and the rest in a
// table.
func (b *builder) variants(nodes []*check.Node, name string) Fact {
	var of []*check.Node
	for _, n := range nodes {
		if n.Normalise.Method == name {
			of = append(of, n)
		}
	}
	s, _ := b.catalogue.Find(method.Normalise, name)
	var varying []method.Param
	var except []string
	for _, p := range s.Params {
		values := map[string]bool{}
		for _, n := range of {
			value := ""
			for _, a := range n.Normalise.Args {
				if a.Name == p.Name {
					value = argument(a)
				}
			}
			values[value] = true
		}
		if len(values) > 1 {
			varying, except = append(varying, p), append(except, p.Name)
		}
	}
	t := Table{By: -1, Head: []Head{{Title: b.say("nodes")}}}
	for _, p := range varying {
		t.Head = append(t.Head, Head{Title: capital(b.known("param "+p.Name, p.Name)), Number: p.Kind == method.Number || p.Kind == method.Whole})
	}
	for _, r := range rules(of, func(n *check.Node) (string, func() Fact) { return written(n.Normalise), nil }) {
		row := Row{Cells: []Cell{{Text: b.names(r.nodes)}}}
		for _, p := range varying {
			row.Cells = append(row.Cells, b.value(s, p, r.nodes[0].Normalise))
		}
		t.Rows = append(t.Rows, row)
	}
	shared := method.Call{Method: name, Args: of[0].Normalise.Args}
	said, _ := b.call(method.Normalise, shared, except...)
	return Fact{Text: said, Blocks: []Block{t}}
}

// value is a parameter in a table.
func (b *builder) value(s method.Signature, p method.Param, c method.Call) Cell {
	for _, a := range c.Args {
		if a.Name != p.Name {
			continue
		}
		if p.Kind == method.Word {
			return cell(b.known("short "+a.Name+" "+a.Word, a.Word))
		}
		return cell(argument(a))
	}
	return cell("–")
}
