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
// the result is to keep it. A row is a unit at one period; methods that look
// across units see the rows of one period at a time.
package engine

import (
	"rubric/engine/aggregate"
	"rubric/engine/band"
	"rubric/engine/formula"
	"rubric/engine/impute"
	"rubric/engine/normalise"
	"rubric/engine/rank"
	"rubric/engine/round"
	"rubric/engine/screen"
	"rubric/engine/transform"
	"rubric/engine/treat"
	"rubric/engine/weight"
	"rubric/spec/check"
	"rubric/spec/expr"
	"rubric/spec/method"
)

// Version names the engine in results. It changes when a result could.
const Version = "2"

// Catalogue is every method there is, in the order of the steps.
func Catalogue() method.Catalogue {
	var out method.Catalogue
	for _, m := range screen.Methods {
		out = append(out, m.Signature)
	}
	for _, m := range impute.Methods {
		out = append(out, m.Signature)
	}
	for _, m := range treat.Methods {
		out = append(out, m.Signature)
	}
	for _, m := range transform.Methods {
		out = append(out, m.Signature)
	}
	for _, m := range normalise.Methods {
		out = append(out, m.Signature)
	}
	for _, m := range weight.Methods {
		out = append(out, m.Signature)
	}
	for _, m := range aggregate.Methods {
		out = append(out, m.Signature)
	}
	for _, r := range round.Rules {
		out = append(out, r.Signature)
	}
	for _, r := range rank.Rules {
		out = append(out, r.Signature)
	}
	for _, m := range band.Methods {
		out = append(out, m.Signature)
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
	Program   *formula.Program // indicators and derived nodes
	Impute    *impute.Method   // nil: none
	Treat     []treat.Method   // in their order; parameters are those of check.Node.Treat
	Transform *transform.Method
	Normalise normalise.Method
	Aggregate aggregate.Method // parents
	Round     *round.Rule      // nil: not rounded
	Rank      *rank.Rule       // nil: no rank
	Floor     float64          // the bottom of the scale, for the rule `floor`

	normalised, aggregated, covered *formula.Program // of the methods `formula`, and of the condition on coverage
}

// Compile plans a methodology.
func Compile(m *check.Methodology) *Plan { return (&Plan{Methodology: &check.Methodology{}}).With(m) }

// With plans a methodology that shares nodes with the one of this plan, each in the same
// place: these are planned already.
func (p *Plan) With(m *check.Methodology) *Plan {
	known, shared := p.Nodes, p.Methodology.Nodes
	p = &Plan{Methodology: m, Nodes: make([]Node, len(m.Nodes))}
	for i := len(m.Nodes) - 1; i >= 0; i-- { // children before parents
		if i < len(shared) && shared[i] == m.Nodes[i] {
			p.Nodes[i] = known[i]
			continue
		}
		n := Node{Node: m.Nodes[i]}
		n.Normalise = must(normalise.Find(n.Node.Normalise.Method))
		if n.Formula != nil {
			n.Program = formula.Compile(n.Formula)
		} else {
			n.Aggregate = must(aggregate.Find(n.Node.Aggregate.Method))
		}
		n.steps()
		if n.Normalise.Floor != nil {
			n.Floor = n.Normalise.Floor(n.Node.Normalise.Args)
		}
		if n.Single { // its scale is that of its one indicator
			n.Floor = p.Nodes[n.Children[0].At].Floor
		}
		p.Nodes[i] = n
	}
	return p
}

// steps plans what a node does besides its normalisation and aggregation.
func (n *Node) steps() {
	if call := n.Node.Impute; call != nil {
		m := must(impute.Find(call.Method))
		n.Impute = &m
	}
	for _, call := range n.Node.Treat {
		n.Treat = append(n.Treat, must(treat.Find(call.Method)))
	}
	if name := n.Node.Normalise.Args.Word("transform"); name != "" {
		m := must(transform.Find(name))
		n.Transform = &m
	}
	if call := n.Node.Round; call != nil {
		r := must(round.Find(call.Method))
		n.Round = &r
	}
	if n.Node.Rank != nil {
		r := must(rank.Find(n.Node.Rank.Rule))
		n.Rank = &r
	}
	for _, f := range []struct {
		e *expr.Expr
		p **formula.Program
	}{{n.NormaliseFormula, &n.normalised}, {n.AggregateFormula, &n.aggregated}, {n.MinCoverage.Condition, &n.covered}} {
		if f.e != nil {
			*f.p = formula.Compile(f.e)
		}
	}
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

// Ties is the tie rule of the node's normalisation; empty where it has none.
func (n *Node) Ties() string { return n.Node.Normalise.Args.Word("ties") }

// Levels are the judged levels of the node's normalisation; nil where it has none.
func (n *Node) Levels() []method.Level { return n.Node.Normalise.Args.Levels("levels") }

// scoresText says whether a node's values are texts.
func (n *Node) scoresText() bool { return n.Formula != nil && n.Formula.Result == expr.Text }
