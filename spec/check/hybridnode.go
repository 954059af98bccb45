package check

import (
	"slices"

	"rubric/spec/expr"
	"rubric/spec/method"
)

// mixed is a node of a hybrid: the old version's, key by key the new one's where that is
// taken. What depends on other nodes is settled by rest.
func (b *building) mixed(p *pair) (*Node, error) {
	keys := b.p[p.subject]
	var c Node
	switch {
	case p.old == nil && p.governed != nil:
		c = *p.governed
		b.mix(&c, p.governed, p.now, keys)
	case p.old == nil:
		c = *p.now
	case p.now == nil && p.governed != nil:
		c = *p.old
		b.mix(&c, p.old, p.governed, keys)
	case p.now == nil || len(keys) == 0:
		c = *p.old
	default:
		c = *p.old
		b.mix(&c, p.old, p.now, keys)
	}
	c.ID, c.Children, c.Parent = p.id, nil, nil
	return &c, nil
}

// mix takes the keys that are taken.
func (b *building) mix(c, old, now *Node, keys map[string]bool) {
	if keys["formula"] {
		c.Formula, c.written, c.Refs = now.Formula, now.written, now.Refs
	}
	if keys["direction"] {
		c.Direction = now.Direction
	} else if keys["direction.closest_to"] {
		c.Direction.Target = now.Direction.Target
	}
	if keys["treat"] {
		c.Treat = now.Treat
	}
	switch {
	case keys["missing"]:
		c.Missing, c.Impute = now.Missing, now.Impute
	default:
		if keys["missing.else"] {
			c.Missing = now.Missing
		}
		c.Impute, _ = b.optional(method.Impute, "missing.impute", old.Impute, now.Impute, keys)
	}
	var other bool
	if c.Aggregate, other = b.call(method.Aggregate, "aggregate", old.Aggregate, now.Aggregate, keys); other {
		c.AggregateFormula = now.AggregateFormula
	}
	if c.Normalise, other = b.call(method.Normalise, "normalise", old.Normalise, now.Normalise, keys); other {
		c.NormaliseFormula = now.NormaliseFormula
	}
	c.Round, _ = b.optional(method.Round, "round", old.Round, now.Round, keys)
	if keys["weighting"] {
		c.Weighting = now.Weighting
	}
	if c.Weighting == "" && b.signatures[method.Aggregate][c.Aggregate.Method].Weights { // the one that nobody has to say
		c.Weighting = "given"
	}
	if under(keys, "min_coverage") {
		c.MinCoverage = now.MinCoverage
	}
	if keys["single"] {
		c.Keeps = now.Keeps
	}
	if keys["given.as"] {
		c.GivenAs = now.GivenAs
	}
	c.Rank = mixedRank(old.Rank, now.Rank, keys)
	c.Bands = mixedBands(old.Bands, now.Bands, keys)
}

// call is a method's call of either version: the new one's as a whole, or parameter by
// parameter of the same method. It says whether its formula is the new one's.
func (b *building) call(step method.Step, key string, old, now method.Call, keys map[string]bool) (method.Call, bool) {
	if keys[key] {
		return now, true
	}
	if old.Method != now.Method || !under(keys, key) {
		return old, false
	}
	out := method.Call{Method: old.Method}
	for _, p := range b.signatures[step][old.Method].Params {
		k := key + "." + p.Name
		before, had := argumentOf(old.Args, p.Name)
		after, has := argumentOf(now.Args, p.Name)
		switch {
		case keys[k]:
			if has {
				out.Args = append(out.Args, after)
			}
			continue
		case had && has && p.Kind == method.Levels && under(keys, k):
			before.Levels = mixedLevels(before.Levels, after.Levels, k, keys)
		}
		if had {
			out.Args = append(out.Args, before)
		}
	}
	return out, keys[key+".formula"]
}

func argumentOf(args method.Args, name string) (method.Arg, bool) {
	i := slices.IndexFunc(args, func(a method.Arg) bool { return a.Name == name })
	if i < 0 {
		return method.Arg{}, false
	}
	return args[i], true
}

// optional is a call that may be absent.
func (b *building) optional(step method.Step, key string, old, now *method.Call, keys map[string]bool) (*method.Call, bool) {
	switch {
	case keys[key]:
		return now, true
	case old == nil || now == nil:
		return old, false
	}
	out, other := b.call(step, key, *old, *now, keys)
	return &out, other
}

// mixedLevels are judged levels, each of either version.
func mixedLevels(old, now []method.Level, key string, keys map[string]bool) (out []method.Level) {
	find := func(list []method.Level, text string) int {
		return slices.IndexFunc(list, func(l method.Level) bool { return l.Text == text })
	}
	for _, l := range old {
		if at := find(now, l.Text); keys[key+"."+l.Text] {
			if at < 0 {
				continue
			}
			l = now[at]
		}
		out = append(out, l)
	}
	for _, l := range now {
		if keys[key+"."+l.Text] && find(old, l.Text) < 0 {
			out = append(out, l)
		}
	}
	return out
}

func mixedRank(old, now *Rank, keys map[string]bool) *Rank {
	switch {
	case keys["rank"]:
		return now
	case old == nil || now == nil || !under(keys, "rank"):
		return old
	}
	out := *old
	if keys["rank.best"] {
		out.Best = now.Best
	}
	if keys["rank.by"] {
		out.By = now.By
	}
	return &out
}

// mixedBands are bands, each of either version.
func mixedBands(old, now []Band, keys map[string]bool) (out []Band) {
	if keys["bands"] || !under(keys, "bands") {
		if keys["bands"] {
			return now
		}
		return old
	}
	find := func(list []Band, id string) int {
		return slices.IndexFunc(list, func(b Band) bool { return b.ID == id })
	}
	for _, o := range old {
		if at := find(now, o.ID); under(keys, "bands."+o.ID) {
			if at < 0 {
				continue
			}
			o = now[at]
		}
		out = append(out, o)
	}
	for _, n := range now {
		if under(keys, "bands."+n.ID) && find(old, n.ID) < 0 {
			out = append(out, n)
		}
	}
	return out
}

// renamed is an expression of one version over children, by the names that they have in
// the hybrid; not ok where one of them is not there.
func (b *building) renamed(e *expr.Expr, n, side *Node) (out *expr.Expr, missing string) {
	if e == nil {
		return nil, ""
	}
	name := func(old string) (string, bool) {
		for _, child := range side.Children {
			if there := b.nodes[b.of[child].place]; child.ID == old && there != nil && there.Parent != nil && there.Parent.At == n.At {
				return there.ID, true
			}
		}
		return old, slices.Contains(CoverageNames, old)
	}
	same := true
	columns, aggregates := slices.Clone(e.Columns), slices.Clone(e.Aggregates)
	for i := range columns {
		to, ok := name(columns[i])
		if !ok {
			return nil, columns[i]
		}
		same = same && to == columns[i]
		columns[i] = to
	}
	for i := range aggregates {
		to, ok := name(aggregates[i].Column)
		if !ok {
			return nil, aggregates[i].Column
		}
		same = same && to == aggregates[i].Column
		aggregates[i].Column = to
	}
	if same {
		return e, ""
	}
	copied := *e
	copied.Columns, copied.Aggregates = columns, aggregates
	return &copied, ""
}
