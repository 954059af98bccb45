package tree

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// Digest is a digest of what a tree says, however it was laid out: the kinds and
// the texts of its nodes and the order of lists and of maps, because the order of
// nodes is meaning. Places, comments, quotes and the style of scalars are no part of
// it. Trees with the same digest mean the same; numbers are taken as they are
// written, so that 1 and 1.0 have two.
func (n *Node) Digest() string {
	sum := sha256.New()
	w := bufio.NewWriter(sum)
	w.WriteString("rubric tree 1\n") // what is digested, and how: a change of it is another digest
	n.digest(w)
	w.Flush()
	return "sha256:" + hex.EncodeToString(sum.Sum(nil))
}

// digest writes a node so that no two trees are written alike: a kind, then how
// much of it follows.
func (n *Node) digest(w *bufio.Writer) {
	head := func(size int) {
		w.WriteByte(byte(n.Kind))
		w.Write(binary.AppendUvarint(w.AvailableBuffer(), uint64(size)))
	}
	switch n.Kind {
	case Null: // ~, null and nothing at all
		head(0)
	case List:
		head(len(n.Items))
		for _, x := range n.Items {
			x.digest(w)
		}
	case Map:
		head(len(n.Entries))
		for _, e := range n.Entries {
			e.Key.digest(w)
			e.Value.digest(w)
		}
	default:
		head(len(n.Value))
		w.WriteString(n.Value)
	}
}
