package cli

import (
	"errors"
	"io"
	"os"
	"strings"
	"syscall"

	"golang.org/x/term"
)

func isTerminal(w any) (*os.File, bool) {
	if out, ok := w.(*watched); ok {
		w = out.Writer
	}
	f, ok := w.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

// color says whether colour may be written to w: on a terminal, unless NO_COLOR
// or the setting says otherwise.
func (a *app) color(w io.Writer) bool {
	mode := "auto"
	if a.settings != nil {
		mode = a.settings.text("color")
	}
	switch mode {
	case "always":
		return true
	case "never":
		return false
	}
	if a.env("NO_COLOR") != "" || a.env("TERM") == "dumb" {
		return false
	}
	_, ok := isTerminal(w)
	return ok
}

// width is the width of what is written to w; 0 where it is no terminal.
func (a *app) width(w io.Writer) int {
	if a.settings != nil && a.settings.number("width") > 0 {
		return a.settings.number("width")
	}
	if f, ok := isTerminal(w); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil {
			return n
		}
		return 80
	}
	return 0
}

func (a *app) env(name string) string {
	for _, e := range a.Env {
		if v, ok := strings.CutPrefix(e, name+"="); ok {
			return v
		}
	}
	return ""
}

func isBrokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }
