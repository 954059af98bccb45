package main_test

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"github.com/stretchr/testify/require"

	"rubric/cmd/rubric/internal/cli"
)

// The pictures of the README are what the command prints, drawn as a terminal.
// UPDATE=1 draws them anew.
func TestPicturesShowWhatTheCommandPrints(t *testing.T) {
	for name, p := range map[string]struct {
		command string
		lines   int // 0: all
	}{
		"score.svg":    {"rubric score cities-of-opportunity/2025 --width 80", 24},
		"explain.svg":  {"rubric explain cities-of-opportunity/2025 shenzhen economic_strength/government_debt_burden --width 80", 0},
		"why.svg":      {"rubric compare testdata/tour/compare/2024 testdata/tour/compare/2025 --unit Ashford --width 80", 0},
		"validate.svg": {"rubric validate testdata/tour/wrong.yaml --width 80", 0},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			words := append(strings.Fields(p.command)[1:], "--color", "always")
			cli.Run(words, cli.System{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Dir: "../.."})
			lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
			if p.lines > 0 && len(lines) > p.lines {
				lines = append(lines[:p.lines], "\x1b[2m…\x1b[0m")
			}
			shown := strings.TrimSuffix(p.command, " --width 80")
			got := terminal(append([]string{"\x1b[2m$\x1b[0m " + shown, ""}, lines...))
			file := filepath.Join("../../docs/pictures", name)
			if os.Getenv("UPDATE") != "" {
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), got, "run with UPDATE=1 to draw it anew")
		})
	}
}

var escape = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// terminal draws lines with ANSI colours as an SVG.
func terminal(lines []string) string {
	const cw, lh, pad = 8.4, 19.0, 18.0
	widest := 80
	for _, l := range lines {
		widest = max(widest, runewidth.StringWidth(escape.ReplaceAllString(l, "")))
	}
	w, h := float64(widest)*cw+2*pad, float64(len(lines))*lh+2*pad+14
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14">`+"\n", w, h, w, h)
	fmt.Fprintf(&b, `<rect width="%.0f" height="%.0f" rx="10" fill="#16202b"/>`+"\n", w, h)
	for i, c := range []string{"#ff5f57", "#febc2e", "#28c840"} {
		fmt.Fprintf(&b, `<circle cx="%.0f" cy="16" r="5" fill="%s"/>`+"\n", pad+float64(i)*16+3, c)
	}
	for i, line := range lines {
		y := pad + 14 + float64(i)*lh + 14
		drawLine(&b, line, pad, y, cw)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// drawLine draws the runs of one line, each at its own column, so that the
// font's widths do not matter to the alignment.
func drawLine(b *strings.Builder, line string, x, y, cw float64) {
	style, column := "", 0
	for line != "" {
		at := escape.FindStringSubmatchIndex(line)
		text := line
		if at != nil {
			text = line[:at[0]]
		}
		if strings.TrimSpace(text) != "" {
			n := runewidth.StringWidth(text)
			fmt.Fprintf(b, `<text x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" xml:space="preserve" %s>%s</text>`+"\n", x+float64(column)*cw, y, float64(n)*cw, paint(style), html.EscapeString(text))
		}
		column += runewidth.StringWidth(text)
		if at == nil {
			return
		}
		if code := line[at[2]:at[3]]; code == "0" || code == "" {
			style = ""
		} else {
			style += ";" + code
		}
		line = line[at[1]:]
	}
}

// paint is the SVG of ANSI codes.
func paint(style string) string {
	fill, extra := "#d7dee6", ""
	for _, code := range strings.Split(style, ";") {
		switch code {
		case "1":
			extra = ` font-weight="bold"`
			if fill == "#d7dee6" {
				fill = "#ffffff"
			}
		case "2":
			fill = "#8494a5"
		case "31", "91":
			fill = "#ff7b72"
		case "32", "92":
			fill = "#7ee787"
		case "33", "93":
			fill = "#f2cc60"
		case "36", "96":
			fill = "#76d9e6"
		}
	}
	return fmt.Sprintf(`fill="%s"%s`, fill, extra)
}
