package table

import (
	"bytes"
	"errors"
	"io"
	"sync"
)

// chunkSize is how much a worker takes at a time: the text and the block made
// of it should stay in a core's second-level cache.
const chunkSize = 256 << 10

// chunk is a piece of the file that begins with a row and ends in a line end.
type chunk struct {
	seq    int
	text   []byte // with padding in its capacity
	cutOff bool   // its last row is longer than rows may be
	last   bool   // nothing follows
	closed bool   // the last line end was added, the file ends without one
}

// feed cuts a file into chunks. Workers ask it in turns.
type feed struct {
	mu    sync.Mutex
	r     io.Reader
	size  int // of a chunk
	limit int // of a row
	delim byte
	rest  []byte // read and not yet given away
	seq   int
	ended bool // the reader has
	done  bool // nothing more is given away
	err   error
}

// next fills the buffer with the next chunk, and says whether there is one.
func (f *feed) next(buf []byte) (chunk, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.done {
		return chunk{}, false
	}
	c := chunk{seq: f.seq}
	f.seq++
	buf = append(buf[:0], f.rest...)
	f.rest = f.rest[:0]
	for want := max(f.size, len(buf)); ; want = min(2*want, max(f.limit+1, want+1)) {
		if buf = f.fill(buf, want); f.err != nil {
			f.done = true
			return chunk{}, false
		}
		if f.ended {
			break
		}
		if end := lastRowEnd(buf, f.delim); end > 0 {
			f.rest = append(f.rest, buf[end:]...)
			c.text = pad(buf[:end])
			return c, true
		}
		if c.cutOff = len(buf) > f.limit; c.cutOff {
			break
		}
	}
	f.done = true
	if n := len(buf); n > 0 && buf[n-1] != '\n' {
		buf, c.closed = append(buf, '\n'), true
	}
	c.text, c.last = pad(buf), true
	return c, len(buf) > 0
}

// stop gives nothing more away.
func (f *feed) stop() {
	f.mu.Lock()
	f.done = true
	f.mu.Unlock()
}

// peek is the beginning of what is left, of so many bytes if there are.
func (f *feed) peek(n int) []byte {
	f.rest = f.fill(f.rest, n)
	return f.rest
}

// skip drops the beginning of what is left.
func (f *feed) skip(n int) { f.rest = f.rest[n:] }

// line is the first line of what is left, with its line end. That is the first
// one outside quotes, or the first at all where there is none such within the
// limit; without any, as much as was read.
func (f *feed) line() []byte {
	quoted, at := false, 0
	for f.err == nil {
		seen := f.rest[:min(len(f.rest), f.limit+1)]
		for ; at < len(seen); at++ {
			switch seen[at] {
			case '"':
				quoted = !quoted
			case '\n':
				if !quoted {
					return seen[:at+1]
				}
			}
		}
		if f.ended || len(f.rest) > f.limit {
			if end := bytes.IndexByte(seen, '\n'); end >= 0 {
				return seen[:end+1]
			}
			return seen
		}
		f.rest = f.fill(f.rest, max(f.size, min(2*len(f.rest), f.limit+1)))
	}
	return nil
}

// fill reads until the buffer has so many bytes, or the file ends.
func (f *feed) fill(buf []byte, want int) []byte {
	if cap(buf) <= want+padding {
		buf = append(make([]byte, 0, want+padding+1), buf...)
	}
	for idle := 0; len(buf) < want && !f.ended; {
		n, err := f.r.Read(buf[len(buf):want])
		buf = buf[:len(buf)+n]
		if idle++; n > 0 {
			idle = 0
		}
		switch {
		case errors.Is(err, io.EOF):
			f.ended = true
		case err == nil && idle >= 100:
			err = io.ErrNoProgress
			fallthrough
		case err != nil:
			f.err = err
			return buf
		}
	}
	return buf
}

// pad makes sure that a text has padding behind it.
func pad(text []byte) []byte {
	if cap(text)-len(text) >= padding {
		return text
	}
	return append(make([]byte, 0, len(text)+padding), text...)
}

// lastRowEnd is the offset behind the last row that is whole, 0 where none is.
// It sees quotes as the scanner does: they count where a field begins.
func lastRowEnd(text []byte, delim byte) int {
	end, p := 0, 0
	for {
		q := bytes.IndexByte(text[p:], '"')
		piece := text[p:]
		if q >= 0 {
			piece = piece[:q]
		}
		if at := bytes.LastIndexByte(piece, '\n'); at >= 0 {
			end = p + at + 1
		}
		if q < 0 {
			return end
		}
		p += q + 1
		if p > 1 && text[p-2] != delim && text[p-2] != '\n' {
			continue
		}
		for {
			close := bytes.IndexByte(text[p:], '"')
			if close < 0 || p+close+1 == len(text) {
				return end
			}
			if p += close + 1; text[p] != '"' {
				break
			}
			p++
		}
	}
}
