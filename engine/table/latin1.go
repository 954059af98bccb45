package table

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// latin1 turns a text that is called Latin-1 into UTF-8. Such texts have the quotes
// and dashes of Windows-1252 more often than not, and some are UTF-8 by now: what
// is UTF-8 already is left alone.
type latin1 struct{ transform.NopResetter }

func (latin1) Transform(to, from []byte, atEOF bool) (written, read int, err error) {
	for read < len(from) {
		r, size := rune(from[read]), 1
		if r >= utf8.RuneSelf {
			if !atEOF && !utf8.FullRune(from[read:]) {
				return written, read, transform.ErrShortSrc
			}
			if r, size = utf8.DecodeRune(from[read:]); r == utf8.RuneError && size == 1 {
				r = charmap.Windows1252.DecodeByte(from[read])
			}
		}
		if written+utf8.RuneLen(r) > len(to) {
			return written, read, transform.ErrShortDst
		}
		written += utf8.EncodeRune(to[written:], r)
		read += size
	}
	return written, read, nil
}
