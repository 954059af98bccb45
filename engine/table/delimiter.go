package table

import (
	"bytes"
	"slices"
)

// delimiters are the characters that may separate fields; of two that do
// equally well, the first is meant.
var delimiters = []byte{',', ';', '\t', '|'}

func delimiterName(delim byte) string {
	switch delim {
	case ',':
		return "comma"
	case ';':
		return "semicolon"
	case '\t':
		return "tab"
	}
	return "bar"
}

// sniff tells the delimiter from the header line: the one with which the line
// has the header of a unit column, or else the one that stands there most often
// outside quotes.
func sniff(line []byte, keys []string) byte {
	best, bestKey, bestCount := delimiters[0], false, 0
	for _, delim := range delimiters {
		_, key := keyIn(line, delim, keys)
		if n := len(outsideQuotes(line, delim)) - 1; n > 0 && (key && !bestKey || key == bestKey && n > bestCount) {
			best, bestKey, bestCount = delim, key, n
		}
	}
	return best
}

// keyIn is the first field of a line that is a key.
func keyIn(line []byte, delim byte, keys []string) (string, bool) {
	for _, field := range outsideQuotes(line, delim) {
		if name := string(bytes.TrimSpace(bytes.Trim(field, "\" \r\n"))); slices.Contains(keys, name) {
			return name, true
		}
	}
	return "", false
}

// outsideQuotes splits a line at a delimiter where that is not quoted.
func outsideQuotes(line []byte, delim byte) (fields [][]byte) {
	quoted, start := false, 0
	for i, c := range line {
		switch {
		case c == '"':
			quoted = !quoted
		case c == delim && !quoted:
			fields = append(fields, line[start:i])
			start = i + 1
		}
	}
	return append(fields, line[start:])
}

// declared is the delimiter that a first line `sep=;` declares, as
// spreadsheets write it for each other.
func declared(line []byte) (byte, bool) {
	line = bytes.TrimRight(line, "\r\n")
	if len(line) != 5 || !bytes.EqualFold(line[:4], []byte("sep=")) || !slices.Contains(delimiters, line[4]) {
		return 0, false
	}
	return line[4], true
}
