package tree

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// plain is what can stand without quotes in a flow map too, and is no number.
var plain = regexp.MustCompile(`^(?:[A-Za-z_\p{L}]|\.\.?/)[A-Za-z0-9_\p{L} ./()+*<>=-]*$`)

// Scalar writes a text as YAML: plain where every reader of YAML takes it for a
// text, else in quotes.
func Scalar(s string) string {
	switch strings.ToLower(s) {
	case "yes", "no", "on", "off", "y", "n", "true", "false", "null":
	default:
		if plain.MatchString(s) && !strings.HasSuffix(s, " ") {
			return s
		}
	}
	return Quoted(s)
}

// Quoted writes a text as YAML in quotes. It is JSON, where characters that no
// YAML file may have are escaped as well.
func Quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can always be encoded
	var out strings.Builder
	for _, r := range strings.TrimSuffix(b.String(), "\n") {
		if unwritable(r) || r == '\u0085' { // the latter is a line end to YAML
			fmt.Fprintf(&out, `\u%04X`, r)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// Flow writes the inside of a flow map of texts, given as key, value, key, value.
// What is empty is left out.
func Flow(pairs ...string) string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, pairs[i]+": "+Scalar(pairs[i+1]))
		}
	}
	return strings.Join(out, ", ")
}
