// Package spec loads what was written: a methodology's YAML file with the place
// of every word, its format version known and its shape held against the
// published schema. What it means is for package check.
package spec

import (
	"fmt"

	"rubric/spec/diag"
	"rubric/spec/schema"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Document is a methodology as it was written.
type Document struct {
	File *source.File
	Root *tree.Node
}

// Load reads a document. The document is nil if it cannot be read as one; the
// findings are about its text and its shape.
func Load(f *source.File) (*Document, diag.List) {
	root, list := tree.Parse(f)
	if root == nil {
		return nil, list
	}
	if root.Kind != tree.Map {
		list.Add(diag.New(diag.SchemaType, root.Place(), "a methodology is a map of keys, not %s", root.Kind).WithHelp("begin with `rubric: 1`"))
		return nil, list
	}
	version := root.Get("rubric")
	switch {
	case version == nil:
		list.Add(diag.New(diag.FormatVersion, source.Place{File: f.Name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1, Text: f.Line(1)}, "the document does not say its format").WithHelp("begin with `rubric: 1`"))
		return nil, list
	case version.Value != "1" || version.Kind != tree.Number:
		list.Add(diag.New(diag.FormatVersion, version.Place(), "the document format %s is not known here", version).WithHelp("this Rubric reads `rubric: 1`"))
		return nil, list
	}
	list.Add(schema.Methodology().Check(root)...)
	return &Document{File: f, Root: root}, list
}

// String names the document.
func (d *Document) String() string {
	return fmt.Sprintf("%s/%s", d.Root.Get("index").Text(), d.Root.Get("edition").Text())
}
