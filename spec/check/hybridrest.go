package check

import (
	"fmt"
	"slices"

	"rubric/spec/expr"
	"rubric/spec/method"
)

// rest settles what of a node depends on the nodes around it, and refuses what no
// document could say: there the provisions that are taken need others.
func (b *building) rest(p *pair, n *Node) error {
	if err := b.rankBy(p, n); err != nil {
		return err
	}
	var err error
	switch n.Level {
	case Derived:
		return b.refs(p, n)
	case Indicator:
		err = b.leaf(n)
	default:
		err = b.parent(p, n)
	}
	n.inputs = b.inputs(n)
	return err
}

// side is the version that a formula of a node is from.
func side(p *pair, f *expr.Expr, of func(*Node) *expr.Expr) *Node {
	if p.old != nil && of(p.old) == f {
		return p.old
	}
	return p.now
}

func (b *building) signature(step method.Step, call method.Call) method.Signature {
	return b.signatures[step][call.Method]
}

// sound says what is wrong with the parameters of a call together.
func (b *building) sound(n *Node, step method.Step, call method.Call) error {
	s := b.signature(step, call)
	if s.Check == nil {
		return nil
	}
	if _, wrong, _ := s.Check(call.Args); wrong != "" {
		return fmt.Errorf("`%s`: %s", n.Path, wrong)
	}
	return nil
}

// weight is what a node weighs: by its parent's weighting, its own weight or that of a
// set, of the version that is taken.
func (b *building) weight(p *pair, n *Node) error {
	if n.Parent == nil {
		return nil
	}
	own := p.old // the version whose weight is taken
	if p.old == nil || p.now != nil && b.p[p.subject]["weight"] {
		own = p.now
	}
	switch word := n.Parent.Weighting; word {
	case "", "equal":
		n.Weight = 1
		if word == "" { // nothing takes it up
			n.Weight = own.Weight
		}
	case "given":
		n.Weight = 1 // where none is said
		if own.Parent != nil && own.Parent.Weighting == "given" {
			n.Weight = own.Weight
		}
	default:
		x, ok := b.setWeight(word, p)
		if !ok {
			return fmt.Errorf("the weights `%s` have none for `%s`", word, p.path())
		}
		n.Weight = x
	}
	return nil
}

// setWeight is a node's weight in a named set.
func (b *building) setWeight(set string, p *pair) (float64, bool) {
	keys := b.p["weights "+set]
	in := func(m *Methodology, n *Node) (float64, bool) {
		if n == nil {
			return 0, false
		}
		for _, s := range m.WeightSets {
			for _, name := range []string{n.Path, n.ID} {
				for _, w := range s.Weights {
					if s.ID == set && w.Node == name {
						return w.Weight, true
					}
				}
			}
		}
		return 0, false
	}
	before, had := in(b.old, p.old)
	after, has := in(b.now, p.now)
	taken := keys[""] || keys["of"]
	for _, n := range []*Node{p.old, p.now} {
		taken = taken || n != nil && (keys["of."+n.Path] || keys["of."+n.ID])
	}
	if taken && has || !had {
		return after, has
	}
	return before, had
}

// rankBy names the nodes that break ties as the hybrid does.
func (b *building) rankBy(p *pair, n *Node) error {
	if n.Rank == nil || len(n.Rank.By) == 0 {
		return nil
	}
	m := b.old
	if p.old == nil || p.old.Rank == nil || !slices.Equal(p.old.Rank.By, n.Rank.By) {
		m = b.now
	}
	rank := *n.Rank
	rank.By = slices.Clone(rank.By)
	for i, name := range rank.By {
		if name == "id" {
			continue
		}
		found, _ := m.Node(name)
		there := found != nil && b.nodes[b.of[found].place] != nil
		if !there {
			return fmt.Errorf("the ties of `%s` are broken by `%s`, which is not there", n.Path, name)
		}
		rank.By[i] = b.nodes[b.of[found].place].Path
	}
	n.Rank = &rank
	return nil
}

// refs points the names of a derived figure's formula at the nodes of the hybrid.
func (b *building) refs(p *pair, n *Node) error {
	from := p.now
	if p.old != nil && p.old.Formula == n.Formula {
		from = p.old
	}
	n.Refs = map[string]Ref{}
	for name, r := range from.Refs {
		there := b.nodes[b.of[r.Node].place]
		switch {
		case there == nil:
			return fmt.Errorf("the formula of `%s` names `%s`, which is not there", n.Path, r.Node.Path)
		case r.Figure == "rank" && there.Rank == nil:
			return fmt.Errorf("the formula of `%s` names the rank of `%s`, which has none", n.Path, r.Node.Path)
		case there.Aggregate.Method == "none":
			return fmt.Errorf("the formula of `%s` names `%s`, which only holds its children", n.Path, r.Node.Path)
		case there.Level == Derived && there.At >= n.At:
			return fmt.Errorf("the formula of `%s` names `%s`, which comes after it", n.Path, r.Node.Path)
		}
		n.Refs[name] = Ref{there, r.Figure}
	}
	return nil
}

// leaf checks an indicator.
func (b *building) leaf(n *Node) error {
	s := b.signature(method.Normalise, n.Normalise)
	switch text := n.Formula.Result == expr.Text; {
	case text && !s.Text:
		return fmt.Errorf("the formula of `%s` yields a text, which `%s` cannot score", n.Path, s.Name)
	case !text && s.Text:
		return fmt.Errorf("the formula of `%s` yields a number, and `%s` scores texts", n.Path, s.Name)
	case text:
		n.Treat = nil
	}
	switch {
	case !s.Direction:
		n.Direction = Direction{}
	case n.Direction.Kind == "":
		return fmt.Errorf("`%s` of `%s` needs a direction", s.Name, n.Path)
	}
	if n.Missing == "floor" && !s.Floor {
		return fmt.Errorf("`%s`: `floor` is the bottom of the scale, and `%s` has none", n.Path, s.Name)
	}
	if s.Text && n.GivenAs == "value" {
		return fmt.Errorf("`%s` scores texts, and given values of `%s` are numbers", s.Name, n.Path)
	}
	return b.sound(n, method.Normalise, n.Normalise)
}

// parent checks a node that holds others.
func (b *building) parent(p *pair, n *Node) error {
	if len(n.Children) == 0 {
		return fmt.Errorf("`%s` would hold nothing", n.Path)
	}
	s := b.signature(method.Aggregate, n.Aggregate)
	if err := b.sound(n, method.Aggregate, n.Aggregate); err != nil {
		return err
	}
	total, negative := 0.0, false
	for _, child := range n.Children {
		total += child.Weight
		negative = negative || child.Weight < 0
		if child.Aggregate.Method == "none" && n.Aggregate.Method != "none" {
			return fmt.Errorf("`%s` only holds its children, and has no score for `%s`", child.Path, n.Path)
		}
	}
	switch {
	case s.Weights && n.Weighting == "":
		return fmt.Errorf("nothing says where the weights of `%s` come from, which `%s` needs", n.Path, s.Name)
	case s.Weights && total == 0 && !negative:
		return fmt.Errorf("the weights below `%s` are all zero", n.Path)
	case n.Aggregate.Method == "none":
		n.Missing, n.Rank, n.Round, n.Bands = "", nil, nil, nil
		n.Normalise, n.NormaliseFormula = method.Call{Method: "none"}, nil
		return nil
	case n.Missing == "":
		return fmt.Errorf("nothing says what a missing figure of `%s` does", n.Path)
	}
	if n.Missing != "omit" {
		n.MinCoverage = Coverage{}
	}
	if n.MinCoverage.Count > len(n.Children) {
		return fmt.Errorf("the least coverage of `%s` is %d, and it has %d children", n.Path, n.MinCoverage.Count, len(n.Children))
	}
	if err := b.own(p, n); err != nil {
		return err
	}
	var missing string
	from := side(p, n.AggregateFormula, func(n *Node) *expr.Expr { return n.AggregateFormula })
	if n.AggregateFormula, missing = b.renamed(n.AggregateFormula, n, from); missing != "" {
		return fmt.Errorf("the formula of `%s` names `%s`, which is not there", n.Path, missing)
	}
	from = side(p, n.MinCoverage.Condition, func(n *Node) *expr.Expr { return n.MinCoverage.Condition })
	if n.MinCoverage.Condition, missing = b.renamed(n.MinCoverage.Condition, n, from); missing != "" {
		return fmt.Errorf("the condition on coverage of `%s` names `%s`, which is not there", n.Path, missing)
	}
	return nil
}

// own settles the normalisation of a parent, which may be that of its one indicator.
func (b *building) own(p *pair, n *Node) error {
	n.Single = n.Level == Variable && n.Keeps && len(n.Children) == 1
	if n.Single {
		n.Normalise, n.NormaliseFormula = method.Call{Method: "none"}, nil
		child := n.Children[0]
		if n.Missing == "floor" && !b.signature(method.Normalise, child.Normalise).Floor {
			return fmt.Errorf("`%s`: `floor` is the bottom of the scale, and `%s` of its one indicator has none", n.Path, child.Normalise.Method)
		}
		return nil
	}
	from := p.old
	if p.old == nil || p.now != nil && b.p[p.subject]["normalise"] {
		from = p.now
	}
	if from.Single {
		return fmt.Errorf("nothing says how `%s` is normalised: it kept the score of its one indicator", n.Path)
	}
	if s := b.signature(method.Normalise, n.Normalise); n.Missing == "floor" && !s.Floor {
		return fmt.Errorf("`%s`: `floor` is the bottom of the scale, and `%s` has none", n.Path, n.Normalise.Method)
	}
	return b.sound(n, method.Normalise, n.Normalise)
}

// inputs are the columns that a node's methods need.
func (b *building) inputs(n *Node) (out []string) {
	add := func(step method.Step, call method.Call) {
		for _, p := range b.signature(step, call).Params {
			if name := call.Args.Word(p.Name); p.Kind == method.Column && name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	add(method.Normalise, n.Normalise)
	add(method.Aggregate, n.Aggregate)
	if n.Impute != nil {
		add(method.Impute, *n.Impute)
	}
	for _, call := range n.Treat {
		add(method.Treat, call)
	}
	return out
}
