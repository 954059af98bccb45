// Package engine evaluates a checked methodology over a data set.
//
//	plan := engine.Compile(methodology)
//	result, findings := plan.Eval(data, engine.Options{})
//
// A plan has no defaults left in it; it is compiled once, evaluated many times,
// and safe for concurrent use. The result does not depend on the number of
// cores, nor on the order of rows but for the rows' own order.
//
// The engine is columnar. Workers take the leaves of the tree in document order
// (indicators, and given nodes); whoever finishes the last child of a node goes
// on with that node. A column is forgotten as soon as its parent has it, unless
// the result is to keep it.
package engine

import (
	"rubric/engine/aggregate"
	"rubric/engine/formula"
	"rubric/engine/normalise"
	"rubric/engine/rank"
	"rubric/spec/check"
	"rubric/spec/expr"
	"rubric/spec/method"
)

// Version names the engine in results. It changes when a result could.
const Version = "1"

// Catalogue is every method there is, in the order of the steps.
func Catalogue() method.Catalogue {
	var out method.Catalogue
	for _, m := range normalise.Methods {
		out = append(out, m.Signature)
	}
	for _, m := range aggregate.Methods {
		out = append(out, m.Signature)
	}
	for _, r := range rank.Rules {
		out = append(out, r.Signature)
	}
	return out
}

// Plan is a methodology ready to run.
type Plan struct {
	Methodology *check.Methodology
	Nodes       []Node // in document order, as in Methodology.Nodes
}

// Node is a node with what it does. Children and parents are those of the
// methodology's node.
type Node struct {
	*check.Node
	Program   *formula.Program // indicators
	Normalise normalise.Method
	Levels    map[string]float64 // lookup
	Aggregate aggregate.Method   // parents
	Rank      *rank.Rule         // nil: no rank
	Floor     float64            // the bottom of the scale, for the rule `floor`
}

// Compile plans a methodology.
func Compile(m *check.Methodology) *Plan {
	p := &Plan{Methodology: m, Nodes: make([]Node, len(m.Nodes))}
	for i := len(m.Nodes) - 1; i >= 0; i-- { // children before parents
		n := Node{Node: m.Nodes[i]}
		n.Normalise = must(normalise.Find(n.Node.Normalise.Method))
		if n.Formula != nil {
			n.Program = formula.Compile(n.Formula)
		} else {
			n.Aggregate = must(aggregate.Find(n.Node.Aggregate))
		}
		if n.Node.Rank != nil {
			r := must(rank.Find(n.Node.Rank.Rule))
			n.Rank = &r
		}
		if levels := n.Node.Normalise.Levels; levels != nil {
			n.Levels = make(map[string]float64, len(levels))
			for _, l := range levels {
				n.Levels[l.Text] = l.Score
			}
		}
		n.Floor = n.Normalise.Floor
		if n.Single { // its scale is that of its one indicator
			n.Floor = p.Nodes[n.Children[0].At].Floor
		}
		p.Nodes[i] = n
	}
	return p
}

// must takes what the checker has seen to exist.
func must[T any](found T, ok bool) T {
	if !ok {
		panic("engine: a methodology with a method that the catalogue lacks")
	}
	return found
}

// Rule is the node whose rule makes a node's scores: itself, or the one
// indicator whose score it keeps.
func (p *Plan) Rule(n *Node) *Node {
	if n.Single {
		return &p.Nodes[n.Children[0].At]
	}
	return n
}

// scoresText says whether a node's values are texts.
func (n *Node) scoresText() bool { return n.Formula != nil && n.Formula.Result == expr.Text }
