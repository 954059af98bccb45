package cli

import (
	"rubric/engine/dataset"
	"rubric/engine/profile"
	"rubric/spec/source"
)

// origin says where the cells of a column come from, and what the data say of
// them.
func origin(c *dataset.Column) (from []profile.From, notes map[int]string, cell func(row int) source.Place) {
	for _, p := range c.Parts() {
		from = append(from, profile.From{File: p.File, Header: p.Header})
	}
	return from, c.Notes, c.Place
}
