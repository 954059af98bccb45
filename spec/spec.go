// Package spec loads what was written: a methodology's YAML file with the place
// of every word, its format version known and its shape held against the
// published schema. What it means is for package check.
package spec

import (
	"fmt"

	"rubric/spec/diag"
	"rubric/spec/extend"
	"rubric/spec/override"
	"rubric/spec/schema"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Document is a methodology as it was written. Where it extends another edition,
// Root is the whole, whose words stand in the files that they came from.
type Document struct {
	File    *source.File
	Root    *tree.Node
	Extends []extend.Edition // the nearest first
	Moved   []extend.Move
	Changes []extend.Change // from the edition that it extends
	Folder  string          // see Options
}

// Load reads a document that extends no other. The document is nil if it cannot
// be read as one; the findings are about its text and its shape.
func Load(f *source.File) (*Document, diag.List) { return LoadWith(f, Options{}) }

// Options say how a document is read.
type Options struct {
	Resolve extend.Resolve    // finds the editions that it extends; nil: it can extend none
	Set     []string          // changes that are tried without editing it: NODE.KEY=VALUE
	Changes []override.Change // more of these, which stand in a file
	Folder  string            // that the document stands in, whatever its name says of that; empty: as its name says
}

// LoadWith reads a document and the editions that it extends.
func LoadWith(f *source.File, o Options) (*Document, diag.List) {
	go schema.Methodology() // reads it while the text is parsed
	root, list := tree.Parse(f)
	if root == nil {
		return nil, list
	}
	if root.Kind != tree.Map {
		list.Add(diag.New(diag.SchemaType, root.Place(), "a methodology is a map of keys, not %s", root.Kind).WithHelp("begin with `rubric: 1`").WithExpected("a map", root.Kind.String()))
		return nil, list
	}
	version := root.Get("rubric")
	switch {
	case version == nil:
		list.Add(Unversioned(f))
		return nil, list
	case version.Value != "1" || version.Kind != tree.Number:
		list.Add(diag.New(diag.FormatVersion, version.Place(), "the document format %s is not known here", version).WithHelp("this Rubric reads `rubric: 1`").WithExpected("1", version.Value))
		return nil, list
	}
	built, more := extend.Build(root, f, o.Resolve)
	list.Add(more...)
	if built == nil {
		return nil, list
	}
	list.Add(override.Set(built.Root, o.Set, o.Changes)...)
	list.Add(schema.Methodology().Check(built.Root)...)
	return &Document{Folder: o.Folder, File: f, Root: built.Root, Extends: built.Chain, Moved: built.Moves, Changes: built.Changes}, list
}

// Unversioned is the finding about a text that does not say which format it has.
func Unversioned(f *source.File) diag.Diagnostic {
	return diag.New(diag.FormatVersion, source.Place{File: f.Name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1, Text: f.Line(1)}, "the document does not say its format").WithHelp("begin with `rubric: 1`")
}

// String names the document.
func (d *Document) String() string {
	return fmt.Sprintf("%s/%s", d.Root.Get("index").Text(), d.Root.Get("edition").Text())
}
