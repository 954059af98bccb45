package check

// Weighed is what a node weighs.
type Weighed struct {
	Node      string   `json:"node"`
	Level     string   `json:"level"`
	Declared  float64  `json:"declared"`
	Weighting string   `json:"weighting"` // of its parent
	Share     *float64 `json:"share"`     // of its parent; absent where the aggregation takes no weights
	Effective *float64 `json:"effective"` // of the index; absent where one above takes none
}

// Weighed is the weights of all nodes but the root. The effective weight of a node
// is the product of the shares from the root down to it. Aggregations without weights
// have none; a variable's one indicator, whose score it keeps, has all of it.
func (m *Methodology) Weighed() (out []Weighed) {
	shares, effective := map[*Node]*float64{}, map[*Node]*float64{}
	one := 1.0
	effective[m.Root] = &one
	for _, n := range m.Nodes {
		if n.Parent == nil { // the root, and derived figures
			continue
		}
		p := n.Parent
		switch {
		case p.Single:
			shares[n] = &one
		case p.Weighting != "":
			total := 0.0
			for _, sibling := range p.Children {
				total += sibling.Weight
			}
			share := n.Weight / total
			shares[n] = &share
		}
		if shares[n] != nil && effective[p] != nil {
			x := float64(*shares[n] * *effective[p])
			effective[n] = &x
		}
		out = append(out, Weighed{n.Path, n.Level.String(), n.Weight, p.Weighting, shares[n], effective[n]})
	}
	return out
}
