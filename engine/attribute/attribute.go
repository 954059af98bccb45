// Package attribute says why scores and ranks changed between two editions: how much of
// the change of every unit, in every node, is due to each provision of the method that
// changed, to the data, and to units that entered or left.
//
// The idea is the Shapley value. Factors are the players of a game; a coalition S of
// them is an edition of which only these are new; v(S) is a unit's score in it, which is
// evaluated, not estimated. The effect of a factor is what it adds when it becomes new,
// averaged over all orders in which the factors may become new:
//
//	effect(i) = Σ over S without i:  |S|! (n−|S|−1)! / n!  ·  (v(S ∪ {i}) − v(S))
//
// So no order is preferred, factors that do the same have the same effect, one that
// changes nothing has none, and the effects of all sum to the change that was observed;
// the last rounding residual is added to the largest. Up to twelve factors all 2ⁿ
// editions are evaluated. Above that, orders are sampled, and the standard error is said.
//
// Factors that cannot be new without each other, because what is between them cannot be
// evaluated, are one joint factor with the reason. Where the new side's files have other
// figures of the old period, too, this revision and the new period's figures are one player
// whose effect has two parts: the revision comes first in every order, and the new
// figures right after it, so that a revision of one unit divides no other's effects otherwise.
//
// A column that only one version names, and only its side has figures of, goes with the
// provisions of that version, and not with the data.
//
// Ranks jump, and are attributed by the same rule: by how many places a factor moved a unit
// on average over the orders. A place is also moved by what happened to others, so that
// an effect on a rank is no cause by itself.
//
// Sources: L. S. Shapley, A value for n-person games, 1953. S. M. Lundberg and S.-I. Lee,
// A unified approach to interpreting model predictions, 2017, of the same idea for the
// inputs of a model. A. B. Owen, Sobol' indices and Shapley value, 2014, of effects alone
// and in company. G. Owen, Values of games with a priori unions, 1977, of players
// that follow one another. J. Castro, D. Gómez and
// J. Tejada, Polynomial calculation of the Shapley value based on sampling, 2009.
package attribute

import (
	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/spec/check"
	"rubric/spec/diff"
)

// Data are the data sets of both sides, each with the columns of both versions as far as
// its files have them.
type Data struct {
	Old     *dataset.Dataset
	Revised *dataset.Dataset // of the old period, as the new side's files have it; nil: they have not
	New     *dataset.Dataset
}

// Options say how it is done. The zero value is what is done where nothing is said.
type Options struct {
	Order        []string              // names of factors, one after the other, for a waterfall; those not named follow
	Together     [][]string            // names of factors that are one, because whoever asks decided on them as one
	Exact        int                   // up to how many factors all coalitions are evaluated; 0: 12, and more where the orders would need as many
	Permutations int                   // above that: how many orders are sampled; 0: 256
	Seed         uint64                // of these
	Apart        bool                  // every edition is evaluated by itself: what sharing is held against
	Workers      int                   // 0: GOMAXPROCS
	Lead         *check.Node           // of the new version: attributed even where not all nodes can be, and told with what a unit's own score did
	Memory       int                   // bytes of figures up to which all nodes are attributed, and up to eight times as many the upper ones; 0: 1 GiB
	Progress     func(done, total int) // nil: nobody looks
}

// Kind is what a factor is.
type Kind string

// The kinds of factors.
const (
	Method   Kind = "method"   // a provision of the document
	Revision Kind = "revision" // other figures of the old period
	NewData  Kind = "data"     // other figures
	Units    Kind = "units"    // units that entered or left
	Joint    Kind = "joint"    // several that cannot be told apart
	Rest     Kind = "rest"     // what no factor accounts for: there should be none
)

// Factor is what a change is attributed to.
type Factor struct {
	Name          string // short, as `--order` takes it: a number, `data`, `units`; of a joint one `1+data`
	Kind          Kind
	Parts         []Kind        // of a joint one: what it is made of
	Changes       []diff.Change // provisions; of data, what the document says of its data
	Reason        string        // of a joint one: why its parts cannot be told apart
	Entered, Left []string      // of units
}

// Attribution is all effects.
type Attribution struct {
	Factors     []Factor
	Nodes       []*Node // those that both versions have, in the order of the new document
	Coarse      bool    // but only the upper ones: there are too many units, nodes and editions
	Exact       bool    // all coalitions were evaluated
	Evaluations int     // editions that were evaluated
	Orders      int     // that were sampled, where it is not exact
	Seed        uint64
	Order       []int // of the waterfall: places in Factors; nil: none was asked for
}

// Node is one node of all units that have a score in it on both sides.
type Node struct {
	Before, Now *check.Node
	Ranked      bool // by the method; else the places are those among the units that both sides have
	Units       []Unit
	Score, Rank Pooled
}

// Placed says whether the units have places in the node: something says which scores are good.
func (n *Node) Placed() bool { return n.Before.Best() != "" && n.Now.Best() != "" }

// Unit is one unit, at a period, in one node.
type Unit struct {
	ID, Name, Period string
	Score, Rank      Effects
	Own              []float64 // by factor: the part of Rank.By that its own score did, of factors of data; NaN of others. Nil: not of this node
}

// Effects is a change and what it is made of.
type Effects struct {
	Old, New float64
	By       []float64 // by factor; they sum to New − Old in their order. Nil: it cannot be attributed
	Alone    []float64 // by factor: its effect if nothing else were new
	Steps    []float64 // by factor: its effect after those before it in the waterfall; nil: none was asked for
	Error    float64   // the largest standard error of By, where orders were sampled
	Reason   string    // why By is nil
}

// Pooled is what the factors did to all units of a node.
type Pooled struct {
	Mean        []float64 // by factor: the mean of its effects without their sign
	Interaction float64   // the share of the change that no factor makes alone, 0 to 1
	Error       float64   // the largest standard error of any effect
	Left        int       // units whose change cannot be attributed
}

// Of attributes the difference of two results of the documents of a diff.
func Of(d *diff.Diff, old, now *engine.Result, data Data, o Options) (*Attribution, error) {
	few := o.Exact == 0
	if few {
		o.Exact = 12
	}
	if o.Permutations == 0 {
		o.Permutations = 256
	}
	if o.Memory == 0 {
		o.Memory = 1 << 30
	}
	g, err := newGame(d, old, now, data, o)
	if err != nil {
		return nil, err
	}
	g.few = few
	return g.play()
}
