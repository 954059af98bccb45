// Package cli is the rubric command: one file a verb. It alone knows flags,
// paths, terminals and exit codes; what the verbs do is in spec and engine.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rubric/spec/diag"
	"rubric/spec/silence"
	"rubric/spec/source"
)

// The exit statuses.
const (
	exitDone     = 0
	exitFindings = 1 // an error in a document or in data that could be read, a failed verification
	exitUsage    = 2 // usage, a missing or unreadable file, an output that cannot be written
)

// System is the outside world.
type System struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Env            []string
	Dir            string // the working directory, for paths; empty: the process's own
}

// Standard is the process's own world.
func Standard() System {
	startLarge()
	return System{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Environ()}
}

// errFindings ends a run whose findings have been printed already.
var errFindings = errors.New("there are errors")

// usageError is a mistake in how the command was called.
type usageError struct{ error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// app is the state of one run.
type app struct {
	System
	settings    *settings
	stats       stopwatch
	stdinTaken  bool
	sharesStdin bool // two versions read it
	stdinText   []byte
	heading     string        // what the next errors are about; empty: they say so
	shown       bool          // a line of progress is on the terminal
	read        []os.FileInfo // files of this run that an output must not replace
	notes       []*silence.Note
	warned      map[warning]bool // what was said
}

// warning is one finding at one place.
type warning struct {
	place         source.Place
	code, message string
}

// Run runs the command and returns its exit status.
func Run(args []string, sys System) int {
	out := &watched{Writer: sys.Stdout}
	sys.Stdout = out
	a := &app{System: sys, warned: map[warning]bool{}}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(sys.Stdin)
	root.SetOut(sys.Stdout)
	root.SetErr(sys.Stderr)
	err := root.Execute()
	if err == nil && out.err != nil {
		err = fmt.Errorf("write standard output: %w", unwrapped(out.err))
	}
	var wrong usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &wrong):
		fmt.Fprintf(sys.Stderr, "rubric: %v\n", err)
		return exitUsage
	case isBrokenPipe(err):
		return exitDone // the reader has had enough
	}
	fmt.Fprintf(sys.Stderr, "rubric: %v\n", err)
	return exitUsage
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "rubric",
		Short: "Composite indicators as code",
		Long: "Rubric evaluates composite indicators whose methodology is a document: dimensions, variables,\n" +
			"indicator formulas and score direction in versioned YAML.\n\n" +
			"METHODOLOGY is a folder, a file, or index/edition, looked up beside the working directory and\nthen among the methodologies built into the command.",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, args []string) error {
			var list diag.List
			var err error
			a.settings, list, err = loadSettings(a.System, cmd)
			if err != nil {
				return err
			}
			return a.print(list)
		},
	}
	root.PersistentFlags().String("color", "", "colour: auto, always or never")
	root.PersistentFlags().Int("width", 0, "columns of the terminal; 0 asks it")
	_ = root.RegisterFlagCompletionFunc("color", cobra.FixedCompletions([]string{"auto", "always", "never"}, cobra.ShellCompDirectiveNoFileComp))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%w\nrun `%s --help` for the flags", err, cmd.CommandPath())
	})
	root.AddCommand(
		a.scoreCommand(),
		a.explainCommand(),
		a.verifyCommand(),
		a.validateCommand(),
		a.testCommand(),
		a.compareCommand(),
		a.proveCommand(),
		a.gridCommand(),
		a.planCommand(),
		a.docsCommand(),
		a.fmtCommand(),
		a.freezeCommand(),
		a.statsCommand(),
		a.dataCommand(),
		a.importCommand(),
		a.initCommand(),
		a.methodsCommand(),
		a.checksCommand(),
		a.schemaCommand(),
		a.configCommand(),
		a.versionCommand(),
	)
	for _, c := range root.Commands() {
		if strings.Contains(c.Use, "METHODOLOGY") || strings.Contains(c.Use, "PATH") {
			c.ValidArgsFunction = a.completeMethodology
		}
	}
	return root
}

// completeMethodology completes index/edition, and files.
func (a *app) completeMethodology(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	a.settings, _, _ = loadSettings(a.System, cmd)
	if a.settings == nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return a.editions(), cobra.ShellCompDirectiveDefault
}

func unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	if near, ok := diag.Nearest(name, names); ok {
		return usage("unknown command `%s`, did you mean `%s`?", name, near)
	}
	return usage("unknown command `%s`; the commands are %s", name, strings.Join(names, ", "))
}

// exactly wants some arguments, and says their names if there are others.
func exactly(names ...string) cobra.PositionalArgs { return between(len(names), names...) }

// between wants at least some of the named arguments.
func between(least int, names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage("`%s` needs %s; it is called as `%s`", cmd.CommandPath(), names[len(args)], cmd.UseLine())
		case len(args) > len(names):
			return usage("`%s` takes no argument `%s`; it is called as `%s`", cmd.CommandPath(), args[len(names)], cmd.UseLine())
		}
		return nil
	}
}

// today is the day on which notes that silence findings act or do not: that of the
// clock, or of SOURCE_DATE_EPOCH where a build is to be repeated.
func (a *app) today() string {
	now := time.Now().UTC()
	for _, e := range a.Env {
		if text, ok := strings.CutPrefix(e, "SOURCE_DATE_EPOCH="); ok {
			if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
				now = time.Unix(seconds, 0).UTC()
			}
		}
	}
	return now.Format(time.DateOnly)
}

// print shows findings on stderr, and fails if there is an error among them. A warning
// that this run has given is not given again: two versions share most of a document.
func (a *app) print(list diag.List) error {
	list, _ = silence.Apply(a.notes, list, a.today())
	list = list.Sorted()
	var fresh diag.List
	for _, d := range list {
		w := warning{d.Place, d.Code, d.Message}
		if d.Severity == diag.Error || !a.warned[w] {
			fresh.Add(d)
		}
		a.warned[w] = true
	}
	if list.Errors() > 0 && a.heading != "" { // the other side may have the same document, and no error
		if _, err := fmt.Fprintln(a.Stderr, diag.Plain(a.heading)); err != nil {
			return err
		}
		a.heading = ""
	}
	if err := diag.Text(a.Stderr, fresh, diag.Style{Color: a.color(a.Stderr), Width: a.width(a.Stderr)}); err != nil {
		return err
	}
	if list.Errors() > 0 {
		return errFindings
	}
	return nil
}
