// Package lock keeps what a frozen edition was: the digests of its document, of
// the documents that it extends, and of every file that they name. A frozen
// edition that has changed is an error; what is to change is a new edition.
//
//	rubric: lock/1
//	edition: cities-of-opportunity/2025
//	files:
//	  methodology.yaml: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
package lock

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"rubric/spec/diag"
	"rubric/spec/schema"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// Name is the name of a lock, beside its document.
const Name = "methodology.lock"

// Lock is what an edition was when it was frozen.
type Lock struct {
	Edition string // index/edition
	Files   []File // in the order of the document: itself, what it extends, what they name
}

// File is a file with its digest.
type File struct {
	Name   string // from the document's folder
	Digest string
	Place  source.Place // in the lock
}

// Digest is the digest of a file's bytes.
func Digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Load reads a lock.
func Load(f *source.File) (*Lock, diag.List) {
	root, list := tree.ParseAs(f, "a lock begins with `rubric: lock/1`")
	if root == nil {
		return nil, list
	}
	list.Add(schema.Lock().Check(root)...)
	if list.Errors() > 0 {
		return nil, list
	}
	out := &Lock{Edition: root.Get("edition").Text()}
	for _, e := range root.Get("files").Entries {
		out.Files = append(out.Files, File{e.Key.Value, e.Value.Value, e.Key.Place()})
	}
	return out, list
}

// Text writes the lock.
func (l *Lock) Text() []byte {
	var b bytes.Buffer
	b.WriteString("# Written by `rubric freeze`. What is listed here was published, and is not edited: a change is a new edition.\n")
	fmt.Fprintf(&b, "rubric: lock/1\nedition: %s\nfiles:\n", tree.Scalar(l.Edition))
	for _, f := range l.Files {
		fmt.Fprintf(&b, "  %s: %s\n", tree.Scalar(f.Name), f.Digest)
	}
	return b.Bytes()
}

// Check holds an edition as it is now against what it was.
func (l *Lock) Check(now *Lock) (list diag.List) {
	const help = "restore it; what is to change belongs into a new edition that extends this one"
	if l.Edition != now.Edition && len(l.Files) > 0 {
		place := source.Place{File: l.Files[0].Place.File}
		list.Add(diag.New(diag.LockChanged, place, "the lock is of `%s`, and the document is `%s`", l.Edition, now.Edition).WithHelp("a lock belongs to one edition: remove it, and freeze this one when it is published"))
		return list
	}
	have := map[string]string{}
	for _, f := range now.Files {
		have[f.Name] = f.Digest
	}
	locked := map[string]bool{}
	for _, f := range l.Files {
		locked[f.Name] = true
		switch digest, ok := have[f.Name]; {
		case !ok:
			list.Add(diag.New(diag.LockChanged, f.Place, "%s was part of `%s` when it was frozen, and is no longer", f.Name, l.Edition).WithHelp(help))
		case digest != f.Digest:
			list.Add(diag.New(diag.LockChanged, f.Place, "%s has changed since `%s` was frozen: %s, which was %s", f.Name, l.Edition, short(digest), short(f.Digest)).WithHelp(help))
		}
	}
	for _, f := range now.Files {
		if !locked[f.Name] {
			list.Add(diag.New(diag.LockChanged, source.Place{File: l.place().File}, "%s was no part of `%s` when it was frozen", f.Name, l.Edition).WithHelp(help))
		}
	}
	return list
}

func (l *Lock) place() source.Place {
	if len(l.Files) == 0 {
		return source.Place{File: Name}
	}
	return l.Files[0].Place
}

// short is as much of a digest as a person compares.
func short(digest string) string { return digest[:min(len(digest), len("sha256:")+12)] }
