package compare

import (
	"strconv"
	"strings"

	"rubric/engine/report"
	"rubric/spec/check"
)

// Lead is the node whose moves are told: the one that is asked for, by path or id; else
// the first of the headline; else the index, or the first node with ranks where that
// only holds others. A node may be called as it was before. Nil: it is not in both.
func (c *Comparison) Lead(name string) *Node {
	find := func(n *check.Node) *Node {
		for _, x := range c.Nodes {
			if n != nil && x.Now == n {
				return x
			}
		}
		return nil
	}
	m := c.Diff.New
	if name != "" {
		n, _ := m.Node(name)
		if was, _ := c.Diff.Old.Node(name); n == nil && was != nil {
			n, _ = m.Node(c.Diff.Nodes[was.Path])
		}
		return find(n)
	}
	for _, n := range m.Headline {
		if x := find(n); x != nil && x.Common > 0 {
			return x
		}
	}
	root := find(m.Root)
	if root != nil && root.Common > 0 {
		return root
	}
	for _, x := range c.Nodes {
		if x.Common > 0 && x.Now.Rank != nil {
			return x
		}
	}
	return root
}

// decimalsOf is how many decimals tell the scores of a node apart, up to four.
func decimalsOf(n *Node) int {
	const most = 4
	decimals := 0
	for _, m := range n.Moves {
		for _, r := range []*report.Row{m.Old, m.New} {
			if r == nil || !r.HasScore {
				continue
			}
			_, behind, _ := strings.Cut(strings.TrimRight(strconv.FormatFloat(r.Score, 'f', most, 64), "0"), ".")
			decimals = max(decimals, len(behind))
		}
	}
	return decimals
}

// rankOf is a unit's rank; where the method ranks nobody, its place among the units
// that both sides have.
func rankOf(n *Node, r *report.Row, place float64) string {
	switch {
	case (n.Now.Rank == nil || n.Before.Rank == nil) && place > 0:
		return report.Number(place)
	case r == nil || !r.HasRank:
		return "–"
	}
	return report.Number(r.Rank)
}

func scoreOf(r *report.Row, decimals int) string {
	if r == nil || !r.HasScore {
		return "–"
	}
	return fixed(r.Score, decimals)
}

// fixed is a number with some decimals.
func fixed(x float64, decimals int) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', decimals, 64), "-", "−", 1)
}

func differenceOf(m Move, decimals int) string {
	if m.Old == nil || m.New == nil || !m.Old.HasScore || !m.New.HasScore {
		return ""
	}
	return signed(m.New.Score-m.Old.Score, decimals)
}

// signed is a number with its sign; nothing for zero.
func signed(x float64, decimals int) string {
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	switch {
	case strings.Trim(text, "-0.") == "":
		return ""
	case x > 0:
		return "+" + text
	}
	return "−" + strings.TrimPrefix(text, "-")
}

// bands are a unit's bands, where it is in another one than before.
func bands(n *Node, m Move) string {
	if !m.crossed() {
		return ""
	}
	return bandTitle(n.Before, m.Old.Band) + " → " + bandTitle(n.Now, m.New.Band)
}

func bandTitle(n *check.Node, id string) string {
	for _, b := range n.Bands {
		if b.ID == id && b.Title != "" {
			return b.Title
		}
	}
	if id == "" {
		return "none"
	}
	return id
}
