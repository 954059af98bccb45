package cli

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"rubric/engine/dataset"
	"rubric/engine/report"
	"rubric/engine/suite"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/override"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// testFlags are the flags of `rubric test`.
type testFlags struct {
	format, output, run string
	least               []string
	coverage, update    bool
	verbose             bool
}

func (a *app) testCommand() *cobra.Command {
	var f testFlags
	var record recording
	cmd := &cobra.Command{
		Use:   "test PATH...",
		Short: "Test methodologies: run the cases of their suites",
		Long: "Test methodologies: run the cases of their suites, small data with the figures that are expected of them.\n" +
			"PATH is a suite, a methodology's folder or index/edition with a " + suite.Name + ", or a folder in which every " + suite.Name + " is run.",
		Args: func(cmd *cobra.Command, args []string) error {
			if record.methodology != "" && len(args) > 0 {
				return usage("--record names its methodology itself, and takes no argument `%s`", args[0])
			}
			if record.methodology == "" && len(args) == 0 {
				return usage("`%s` needs a PATH; it is called as `%s`", cmd.CommandPath(), cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, other := range []string{"run", "coverage", "fail-under", "format", "update", "verbose"} {
				if record.methodology != "" && cmd.Flags().Changed(other) {
					return usage("--record runs nothing, and --%s says nothing there", other)
				}
				if f.update && other == "format" && (cmd.Flags().Changed(other) || f.output != "") {
					return usage("--update writes into the suites and shows what that changes: leave out --format and -o")
				}
			}
			if record.methodology != "" {
				return a.record(record, f.output)
			}
			if record.unit != "" || record.period != "" || record.name != "" || record.files.data != nil || record.files.given != nil {
				return usage("--unit, --period, --case, --data and --given belong to --record METHODOLOGY")
			}
			return a.test(args, f)
		},
	}
	formatFlag(cmd, &f.format, "text", "text", "json", "junit", "github")
	cmd.Flags().StringVarP(&f.output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	cmd.Flags().StringVar(&f.run, "run", "", "only the cases whose ids match this regular expression")
	cmd.Flags().BoolVar(&f.coverage, "coverage", false, "list what of the methodology no case reached")
	cmd.Flags().StringSliceVar(&f.least, "fail-under", nil, "fail where less is reached, in percent: of everything (100), or of a kind (indicators=100,branches=80)")
	cmd.Flags().BoolVar(&f.update, "update", false, "write the figures that were found into the suites, and show what that changes")
	cmd.Flags().BoolVarP(&f.verbose, "verbose", "v", false, "list the cases that passed, too")
	cmd.Flags().StringVar(&record.methodology, "record", "", "write a case of a unit of this methodology, from its data, instead of running one; -o adds it to a suite")
	cmd.Flags().StringVar(&record.unit, "unit", "", "with --record: the unit")
	cmd.Flags().StringVar(&record.period, "period", "", "with --record: the period, of data that have several")
	cmd.Flags().StringVar(&record.name, "case", "", "with --record: the id of the case, instead of the unit's")
	record.files.add(cmd)
	return cmd
}

func (a *app) test(args []string, f testFlags) error {
	least, err := leastCoverage(f.least)
	if err != nil {
		return err
	}
	pattern, err := regexp.Compile(f.run)
	if err != nil {
		return usage("--run: %v", err)
	}
	places, err := a.suites(args)
	if err != nil {
		return err
	}
	var ran []*ranSuite
	var reports []*suite.Report
	for _, at := range places {
		r, err := a.tested(at, pattern)
		if err != nil {
			return err
		}
		if r.Coverage != nil && len(r.Outcomes) == 0 {
			continue // the pattern is about other suites
		}
		r.Findings.Add(r.Below(least)...)
		ran, reports = append(ran, r), append(reports, r.Report)
	}
	if len(reports) == 0 {
		return usage("nothing to test: no case of %s matches `%s`", report.Plural(len(places), "suite", "suites"), f.run)
	}
	if f.update {
		return a.rewriteSuites(places, ran)
	}
	var failures diag.List
	for _, r := range reports {
		failures.Add(r.Failures()...)
	}
	err = a.output(f.output, func(w io.Writer) error {
		switch f.format {
		case "json":
			return suite.JSON(w, reports, f.coverage)
		case "junit":
			return suite.JUnit(w, reports)
		case "github":
			return diag.GitHub(w, failures)
		}
		return suite.Text(w, reports, suite.Show{Style: diag.Style{Color: a.color(w), Width: a.width(w)}, Cases: f.verbose, Coverage: f.coverage})
	})
	if err != nil {
		return err
	}
	if failures.Errors() > 0 {
		return errFindings
	}
	return nil
}

// leastCoverage reads --fail-under.
func leastCoverage(words []string) (map[suite.Kind]float64, error) {
	out := map[suite.Kind]float64{}
	var names []string
	for _, k := range suite.Kinds {
		names = append(names, string(k))
	}
	for _, w := range words {
		kinds := suite.Kinds
		name, number, named := strings.Cut(w, "=")
		if !named {
			number = w
		} else if kinds = []suite.Kind{suite.Kind(name)}; !slices.Contains(suite.Kinds, kinds[0]) {
			return nil, usage("--fail-under: unknown kind `%s`: one of %s", name, strings.Join(names, ", "))
		}
		x, err := strconv.ParseFloat(strings.TrimSuffix(number, "%"), 64)
		if err != nil || !(x >= 0 && x <= 100) {
			return nil, usage("--fail-under: `%s` is no percentage: 100, or indicators=100", w)
		}
		for _, k := range kinds {
			out[k] = x
		}
	}
	return out, nil
}

// suites finds what the arguments name; a folder that has no suite itself is
// searched.
func (a *app) suites(args []string) ([]place, error) {
	var out []place
	add := func(at place) {
		if !slices.ContainsFunc(out, func(x place) bool { return x.name(x.file) == at.name(at.file) }) {
			out = append(out, at)
		}
	}
	for _, arg := range args {
		info, statErr := os.Stat(a.path(arg))
		if statErr == nil && info.IsDir() {
			if _, err := os.Stat(filepath.Join(a.path(arg), suite.Name)); err != nil {
				found, err := a.search(arg, suite.Name)
				if err != nil {
					return nil, err
				}
				if len(found) == 0 {
					return nil, usage("nothing to test: no %s in %s, or below it; `rubric test --record METHODOLOGY --unit …` writes a first case", suite.Name, arg)
				}
				for _, at := range found {
					add(at)
				}
				continue
			}
		}
		at, err := a.locate(arg)
		switch {
		case statErr == nil && info.IsDir() && err != nil: // a suite alone, of a document elsewhere
			at = place{os.DirFS(a.path(arg)), ".", suite.Name, filepath.ToSlash(filepath.Clean(arg))}
		case err != nil:
			return nil, err
		case at.file == documentName:
			at.file = suite.Name
			if _, err := fs.Stat(at.fs, path.Join(at.dir, at.file)); err != nil {
				return nil, usage("nothing to test: there is no %s; `rubric test --record %s --unit …` writes a first case", at.name(at.file), arg)
			}
		}
		add(at)
	}
	return out, nil
}

// search finds every file of a name below a folder.
func (a *app) search(arg, name string) (out []place, err error) {
	err = filepath.WalkDir(a.path(arg), func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() != name {
			return err
		}
		dir := filepath.Dir(p)
		shown, relErr := filepath.Rel(a.path("."), dir)
		if relErr != nil {
			shown = dir
		}
		out = append(out, place{os.DirFS(dir), ".", name, filepath.ToSlash(shown)})
		return nil
	})
	if err != nil {
		return nil, usage("cannot search %s: %v", arg, unwrapped(err))
	}
	return out, nil
}

// suiteDocument reads the suite at a place, and its methodology, unless that is read
// already.
func (a *app) suiteDocument(at place, beside *loaded) (*suite.Suite, *loaded, diag.List, error) {
	text, err := at.read(at.file)
	if err != nil {
		return nil, nil, nil, usage("cannot read %s: %v", at.name(at.file), unwrapped(err))
	}
	a.reads(at, at.file)
	file := source.NewFile(at.name(at.file), text)
	doc, list := suite.Parse(file)
	if doc == nil {
		return nil, nil, list, nil
	}
	of := place{at.fs, at.dir, documentName, at.shown}
	if doc.Methodology != "" {
		if of, err = a.edition(at, doc.Methodology); err != nil {
			list.Add(diag.New(diag.FileMissing, doc.MethodologyAt, "there is no methodology `%s`: %v", doc.Methodology, unwrapped(err)).WithHelp("name a file or folder, seen from the suite, or index/edition"))
			return nil, nil, list, nil
		}
	} else if _, err := of.read(of.file); err != nil {
		at := source.Span{File: file, Start: 0, End: 0}.Place()
		list.Add(diag.New(diag.FileMissing, at, "there is no %s beside the suite", documentName).WithHelp("put the suite beside its document, or name that: `methodology: ../2025`"))
		return nil, nil, list, nil
	}
	l, more := beside, diag.List(nil)
	if l == nil || doc.Methodology != "" {
		if l, more, err = a.document(of); err != nil {
			return nil, nil, nil, err
		}
	}
	if l.m == nil {
		list.Add(atLeast(more, diag.Error)...)
		return nil, l, list, nil
	}
	s, more := doc.Check(l.m)
	list.Add(more...)
	for _, n := range doc.Files() {
		f, err := at.open(n.Value)
		if err == nil {
			f.Close()
		} else {
			list.Add(diag.New(diag.FileMissing, n.Place(), "cannot read %s: %v", at.name(n.Value), unwrapped(err)).WithHelp("names of files are relative to the suite's folder, and lead to nothing outside it"))
		}
	}
	if list.Errors() > 0 {
		s = nil
	}
	return s, l, list, nil
}

// ranSuite is a suite that was run, with its methodology; nil: it could not be read.
type ranSuite struct {
	*suite.Report
	loaded *loaded
}

// tested runs the suite at a place. One that has errors, or whose methodology has, is
// not run.
func (a *app) tested(at place, pattern *regexp.Regexp) (*ranSuite, error) {
	s, l, list, err := a.suiteDocument(at, nil)
	if err != nil {
		return nil, err
	}
	list = atLeast(list, diag.Warning)
	if s == nil {
		return &ranSuite{&suite.Report{Suite: &suite.Suite{File: &source.File{Name: at.name(at.file)}}, Findings: list}, l}, nil
	}
	var cases []*suite.Case
	for _, c := range s.Cases {
		if pattern.MatchString(c.ID) {
			cases = append(cases, c)
		}
	}
	r, err := a.runner(s, at, l).Run(cases)
	if err != nil {
		return nil, err
	}
	r.Findings = list
	return &ranSuite{r, l}, nil
}

// runner gives a suite what it needs of the outside world. Cases run beside each
// other, and files are found one after the other.
func (a *app) runner(s *suite.Suite, at place, l *loaded) *suite.Runner {
	var finding sync.Mutex
	return &suite.Runner{
		Suite: s, Methodology: l.m, Workers: runtime.GOMAXPROCS(0),
		Changed: func(changes []override.Change) (*check.Methodology, diag.List) {
			changed := &loaded{place: l.place, changes: changes, editions: map[string]place{}}
			finding.Lock()
			defer finding.Unlock()
			return a.checked(changed, l.m.Document)
		},
		Own: func(m *check.Methodology) (dataset.Inputs, diag.List, error) {
			finding.Lock()
			defer finding.Unlock()
			own := *l
			own.m = m
			if absent := own.absent(); len(absent) > 0 {
				return dataset.Inputs{}, absent, nil
			}
			in, err := a.dataInputs(&own, dataFlags{}, false)
			return in, nil, err
		},
		Open: func(n *tree.Node, m *check.Methodology) (dataset.Input, error) {
			finding.Lock()
			defer finding.Unlock()
			f, err := at.open(n.Value)
			if err != nil {
				return dataset.Input{}, usage("%s: cannot read %s: %v", n.Place(), at.name(n.Value), unwrapped(err))
			}
			info, err := f.Stat()
			if err != nil || info.IsDir() {
				f.Close()
				return dataset.Input{}, usage("%s: %s is a folder, where a file is meant", n.Place(), at.name(n.Value))
			}
			own := *l
			own.m = m
			return dataset.Input{Name: at.name(n.Value), Size: info.Size(), Place: n.Place(), Shape: own.shape(path.Base(n.Value)), Open: func() (io.ReadCloser, error) { return f, nil }}, nil
		},
	}
}

// rewriteSuites writes what was found where something else was expected, and shows
// what that changes. A suite that was not run stays as it is, and so does one that
// would contradict itself.
func (a *app) rewriteSuites(places []place, ran []*ranSuite) error {
	left := 0
	failed := false
	for _, r := range ran {
		at := places[slices.IndexFunc(places, func(p place) bool { return p.name(p.file) == r.Suite.File.Name })]
		rest := r.Failures()
		var rewritten diag.List
		if r.Coverage != nil && !at.isBuiltIn() {
			rewritten, rest = r.Rewritten()
		}
		if len(rewritten) > 0 {
			after, _ := diag.Fixed(r.Suite.File, rewritten, true)
			if _, wrong := suite.Load(source.NewFile(r.Suite.File.Name, after), r.loaded.m); wrong.Errors() > 0 {
				rewritten, rest = nil, r.Failures()
				rest.Add(contradicted(r.Suite.File, wrong)...)
			}
		}
		if err := a.print(rest); err != nil && err != errFindings {
			return err
		}
		left += rest.Errors()
		failed = failed || rest.Errors() > 0
		for _, how := range []fixes{{show: true, guesses: true}, {write: true, guesses: true}} {
			if err := a.fixes(at, rewritten, how); err != nil {
				return err
			}
		}
	}
	if !failed {
		return nil
	}
	if _, err := fmt.Fprintf(a.Stderr, "%s left: only a single figure of a suite that was run is rewritten, where the suite stays one\n", report.Plural(left, "failure is", "failures are")); err != nil {
		return err
	}
	return errFindings
}

// contradicted says of a suite with the figures that were found what would be wrong
// with it. Those places are of a text that is not written.
func contradicted(f *source.File, wrong diag.List) (list diag.List) {
	for _, d := range wrong {
		if d.Severity == diag.Error {
			d.Related = nil
			d.Place = source.Place{File: f.Name}
			d.Message = "with what was found, the suite would be wrong: " + d.Message
			list.Add(d)
		}
	}
	return list
}
