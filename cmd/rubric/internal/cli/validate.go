package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/engine/dataset"
	"rubric/engine/profile"
	"rubric/engine/report"
	"rubric/engine/sense"
	"rubric/engine/suite"
	"rubric/spec/deviation"
	"rubric/spec/diag"
	"rubric/spec/silence"
	"rubric/spec/source"
)

func (a *app) validateCommand() *cobra.Command {
	var format, failOn, output, since string
	var base baseline
	var most int
	var how fixes
	var files dataFlags
	cmd := &cobra.Command{
		Use:   "validate PATH...",
		Short: "Check documents, the files that they name, and their data",
		Long: "Check documents, the files that they name, and their data: everything that is wrong at once, with places.\n" +
			"PATH is a file, index/edition, or a folder in which every " + documentName + " is checked.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("`%s` needs a PATH; it is called as `%s`", cmd.CommandPath(), cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if how.write && how.show {
				return usage("--fix writes what --diff only shows: leave one of them out")
			}
			places, err := a.documents(args)
			if err != nil {
				return err
			}
			all := len(places)
			if since != "" {
				if places, err = a.changedSince(since, places); err != nil {
					return err
				}
				if len(places) == 0 && format == "text" {
					_, err := fmt.Fprintf(a.Stdout, "%s: nothing of them has changed since %s\n", report.Plural(all, "document", "documents"), since)
					return err
				}
			}
			var groups []diag.Group
			var list, silenced diag.List
			for _, at := range places {
				found, known, err := a.validated(at, files)
				if err == nil && (how.write || how.show) {
					if err = a.fixes(at, found, how); err == nil && how.write {
						found, known, err = a.validated(at, files)
					}
				}
				if err != nil {
					return err
				}
				groups = append(groups, diag.Group{Name: at.name(at.file), List: found, Silenced: known})
				list.Add(found...)
				silenced.Add(known...)
			}
			list, silenced = list.Sorted(), silenced.Sorted()
			if how.show { // the diff alone goes to standard output
				fmt.Fprintln(a.Stderr, tally(list, len(silenced), 0, len(places)))
				if len(atLeast(list, severity(failOn))) > 0 {
					return errFindings
				}
				return nil
			}
			if base.update {
				return a.writeBaseline(base.file, list)
			}
			if list, err = a.sinceBaseline(&base, list, groups); err != nil {
				return err
			}
			err = a.output(output, func(w io.Writer) error {
				switch format {
				case "json":
					return diag.JSON(w, list, silenced)
				case "sarif":
					return diag.SARIF(w, list, silenced, release, pageOf)
				case "junit":
					return diag.JUnit(w, groups, severity(failOn))
				case "github":
					return diag.GitHub(w, list)
				case "markdown":
					shown, rest := capped(list, most)
					return diag.Markdown(w, shown, tally(list, len(silenced), len(base.known), len(places))+rest)
				}
				shown, rest := capped(list, most)
				if err := diag.Text(w, shown, diag.Style{Color: a.color(w), Width: a.width(w)}); err != nil {
					return err
				}
				_, err := fmt.Fprintln(w, tally(list, len(silenced), len(base.known), len(places))+rest)
				return err
			})
			if err != nil {
				return err
			}
			if len(atLeast(list, severity(failOn))) > 0 {
				return errFindings
			}
			return nil
		},
	}
	files.add(cmd)
	formatFlag(cmd, &format, "text", "text", "json", "sarif", "junit", "github", "markdown")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	failOnFlag(cmd, &failOn)
	cmd.Flags().StringVar(&base.file, "baseline", "", "a file of findings that were there when checking began: they are counted, and not shown")
	cmd.Flags().IntVar(&most, "max", 100, "the most findings that text and markdown show: errors before warnings; 0: all")
	cmd.Flags().BoolVar(&how.write, "fix", false, "write the fixes that change no meaning into the documents, and report what is left")
	cmd.Flags().BoolVar(&how.show, "diff", false, "show the fixes, and write nothing")
	cmd.Flags().BoolVar(&how.guesses, "guess", false, "with --fix and --diff: take the nearest known key or value for a misspelt one, too")
	cmd.Flags().StringVar(&since, "changed-since", "", "only documents of which something has changed since this revision of git: themselves, what they extend, the files that they name")
	cmd.Flags().BoolVar(&base.update, "update-baseline", false, "write the warnings that there are to the file of --baseline")
	return cmd
}

// failOnFlag adds --fail-on.
func failOnFlag(cmd *cobra.Command, failOn *string) {
	words := []string{"error", "warning", "info"}
	cmd.Flags().StringVar(failOn, "fail-on", "error", "the least severity that fails: error, warning, info")
	_ = cmd.RegisterFlagCompletionFunc("fail-on", cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	inner := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if !slices.Contains(words, *failOn) {
			return usage("unknown severity `%s`: one of %s", *failOn, strings.Join(words, ", "))
		}
		return inner(cmd, args)
	}
}

func severity(name string) diag.Severity {
	switch name {
	case "info":
		return diag.Info
	case "warning":
		return diag.Warning
	}
	return diag.Error
}

func tally(list diag.List, silenced, known, documents int) string {
	out := report.Plural(documents, "document", "documents") + ": "
	var parts []string
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		n := list.Count(s)
		if s == diag.Info && n > 0 {
			parts = append(parts, fmt.Sprintf("%d for information", n))
		} else if n > 0 {
			parts = append(parts, report.Plural(n, s.String(), s.String()+"s"))
		}
	}
	if len(parts) == 0 {
		parts = []string{"nothing to report"}
	}
	if known > 0 {
		parts = append(parts, fmt.Sprintf("%d in the baseline", known))
	}
	if silenced > 0 {
		parts = append(parts, fmt.Sprintf("%d silenced", silenced))
	}
	return out + strings.Join(parts, ", ")
}

// capped is so many findings of a list, in its order: the less severe ones are left
// out first. What is left out is counted.
func capped(list diag.List, most int) (shown diag.List, rest string) {
	if most <= 0 || len(list) <= most {
		return list, ""
	}
	room := map[diag.Severity]int{}
	left := most
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		room[s] = min(list.Count(s), left)
		left -= room[s]
	}
	for _, d := range list {
		if room[d.Severity] > 0 {
			room[d.Severity]--
			shown.Add(d)
		}
	}
	return shown, fmt.Sprintf("; %d not shown: --max 0 shows all", len(list)-most)
}

// documents finds what the arguments name; a folder that is no methodology
// itself is searched.
func (a *app) documents(args []string) ([]place, error) {
	var out []place
	for _, arg := range args {
		at, err := a.locate(arg)
		if err == nil {
			out = append(out, at)
			continue
		}
		info, statErr := os.Stat(a.path(arg))
		if statErr != nil || !info.IsDir() {
			return nil, err
		}
		found, err := a.search(arg, documentName)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
		if len(found) == 0 {
			return nil, usage("nothing to validate: no %s below %s", documentName, arg)
		}
	}
	return out, nil
}

// validated checks one document, and parts what its notes silence from the rest.
func (a *app) validated(at place, flags dataFlags) (list, silenced diag.List, err error) {
	before := len(a.notes)
	list, err = a.validate(at, flags)
	if err != nil {
		return nil, nil, err
	}
	notes := a.notes[before:]
	list, silenced = silence.Apply(notes, list, a.today())
	own := slices.DeleteFunc(slices.Clone(notes), func(n *silence.Note) bool { return n.Place.File != at.name(at.file) })
	list.Add(silence.Idle(own, a.today(), list.Errors() == 0)...)
	return list, silenced, nil
}

// validateSuite checks a suite against its methodology, and runs none of its cases.
func (a *app) validateSuite(at place, beside *loaded) (diag.List, error) {
	_, _, list, err := a.suiteDocument(at, beside)
	return list, err
}

// validate checks one document, the files that it names, and its data as far as
// they can be scored.
func (a *app) validate(at place, flags dataFlags) (diag.List, error) {
	if strings.HasSuffix(at.file, suite.Name) {
		return a.validateSuite(at, nil)
	}
	l, list, err := a.document(at)
	if err != nil || l.m == nil {
		return list, err
	}
	m := l.m
	absent := l.absent()
	list.Add(absent...)
	if len(absent) > 0 {
		return list, nil
	}
	frozen, err := l.frozen()
	if err != nil {
		return nil, err
	}
	list.Add(frozen...)
	if m.Files.Deviations != "" {
		text, err := l.placeOf(m.Files.Deviations).read(m.Files.Deviations)
		if err != nil {
			return nil, usageError{err}
		}
		_, more := deviation.Load(source.NewFile(l.placeOf(m.Files.Deviations).name(m.Files.Deviations), text), m)
		list.Add(more...)
	}
	if _, err := at.read(suite.Name); err == nil && at.file == documentName {
		more, err := a.validateSuite(place{at.fs, at.dir, suite.Name, at.shown}, l)
		if err != nil {
			return nil, err
		}
		list.Add(more...)
	}
	if flags.data == nil && flags.given == nil && m.Files.Data == nil && m.Files.Given == nil {
		return list, nil // a method without data is complete in itself
	}
	more, err := a.validateData(l, flags)
	list.Add(more...)
	return list, err
}

func (a *app) validateData(l *loaded, flags dataFlags) (diag.List, error) {
	in, err := a.dataInputs(l, flags, false)
	if err != nil {
		return nil, err
	}
	d, list, err := dataset.Load(l.m, in)
	if err != nil {
		return nil, usageError{err}
	}
	if d == nil {
		return list, nil
	}
	list.Add(profile.Implausible(toProfile(l.m, d))...)
	r, more := engine.Compile(l.m).Eval(d, engine.Options{})
	list = append(list, more...)
	if r != nil {
		list.Add(sense.Of(r)...)
	}
	return list, nil
}

// absent reports the files that the document names and that cannot be read.
func (l *loaded) absent() diag.List {
	var list diag.List
	for _, name := range l.beside() {
		at := l.placeOf(name)
		f, err := at.open(name)
		if err != nil {
			reason := unwrapped(err)
			if errors.Is(err, fs.ErrNotExist) {
				reason = errors.New("there is no such file")
			}
			list.Add(diag.New(diag.FileMissing, l.m.Files.Places[name], "cannot read %s: %v", at.name(name), reason).WithHelp("names of files are relative to the document's folder"))
			continue
		}
		info, err := f.Stat()
		if err == nil && info.IsDir() {
			list.Add(diag.New(diag.FileMissing, l.m.Files.Places[name], "%s is a folder, where a file is meant", at.name(name)).WithHelp("name a file in it"))
		}
		f.Close()
	}
	return list
}
