package cli

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/engine/compare"
	"rubric/engine/report"
	"rubric/spec/diff"
)

func (a *app) compareCommand() *cobra.Command {
	var both dataFlags
	var old, now sideFlags
	var approve approveFlags
	var format, output, failOn, node string
	var top int
	var why whyFlags
	cmd := &cobra.Command{
		Use:   "compare OLD NEW [CHANGE...]",
		Short: "Say what changed between two versions of a methodology, and who moved",
		Long: "Say what changed between two versions of a methodology, and who moved. OLD and NEW are methodologies;\n" +
			"their data are those that each names, or --data for both, or --old-data and --new-data.\n" +
			"With --approve, CHANGE is the id of a change, as added:economy/wealth, or its fingerprint; --format json has both.",
		Example: "  rubric compare freedom-in-the-world/2017 freedom-in-the-world/2018\n" +
			"  rubric compare cities-of-opportunity/2025 my/draft --node economic_strength\n" +
			"  rubric compare old new --why --unit suzhou\n" +
			"  rubric compare old new --format markdown --fail-on method\n" +
			"  rubric compare old new --approve \"Methodology board: the accounts were revised\" changed:economy:weight",
		Args: approve.args,
		RunE: func(cmd *cobra.Command, args []string) error {
			if failOn != "" && !slices.Contains(failWords(), failOn) {
				return usage("--fail-on: unknown class or severity `%s`: one of %s", failOn, strings.Join(failWords(), ", "))
			}
			if _, _, err := approve.decision(); err != nil {
				return err
			}
			if approve.approve != "" && (failOn != "" || output != "" || cmd.Flags().Changed("format") || why.why) {
				return usage("--approve writes the list of approvals, and nothing else: compare again for a report, --why or --fail-on")
			}
			if err := why.wrong(cmd); err != nil {
				return err
			}
			a.sharesStdin = true
			for _, f := range []dataFlags{old.or(both), now.or(both)} {
				if named := slices.DeleteFunc(slices.Concat(f.data, f.given), func(name string) bool { return name != "-" }); len(named) > 1 {
					return usage("standard input can be read once: name it in one place")
				}
			}
			c, before, after, err := a.compared(args, both, old, now)
			if err != nil {
				return err
			}
			known, approvals, err := a.approvals(args[1], approve)
			if err != nil {
				return err
			}
			if err := a.approved(c, approvals); err != nil {
				return err
			}
			if approve.approve != "" {
				return a.approve(c, args[1], args[2:], known, approve)
			}
			if why.why {
				if err := a.attribute(c, before, after, node, why); err != nil {
					return err
				}
			}
			if node != "" && c.Old != nil && c.New != nil && c.Lead(node) == nil {
				if _, err := findNode(c.Diff.New, node); err != nil {
					return err
				}
				return usage("%s is not in both versions", node)
			}
			if why.unit != "" {
				if _, ok := c.WhyUnit(node, why.unit); !ok {
					return usage("--unit: %s", c.Unexplained(why.unit))
				}
			}
			show := compare.Show{Node: node, Top: top, Unit: why.unit}
			err = a.output(output, func(w io.Writer) error {
				switch format {
				case "json":
					return compare.JSON(w, c)
				case "sarif":
					return compare.SARIF(w, c, release)
				case "csv":
					return compare.CSV(w, c)
				case "html":
					return compare.HTML(w, c, show)
				case "markdown":
					return compare.Markdown(w, c, show)
				}
				show.Style = report.Style{Width: a.width(w), Color: a.color(w)}
				return compare.Text(w, c, show)
			})
			if err != nil {
				return err
			}
			if reaches(c, failOn) || c.OldSide == compare.Refused || c.NewSide == compare.Refused {
				return errFindings
			}
			return nil
		},
	}
	both.add(cmd)
	old.add(cmd, "old")
	now.add(cmd, "new")
	approve.add(cmd)
	why.add(cmd)
	formatFlag(cmd, &format, "text", "text", "json", "csv", "markdown", "html", "sarif")
	cmd.Flags().StringVar(&node, "node", "", "the node whose moves are listed, by path or id, instead of the index")
	cmd.Flags().IntVar(&top, "top", 20, "how many moves are listed, those that would be noticed first; 0: all")
	cmd.Flags().StringVar(&failOn, "fail-on", "", "fail where there is a change that is not approved and is of this class or a higher one (editorial, data, parameter, method, structure), or of this severity (info, warning, error)")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all; - is standard output")
	return cmd
}

// sideFlags are the data of one side.
type sideFlags struct{ dataFlags }

func (f *sideFlags) add(cmd *cobra.Command, side string) {
	cmd.Flags().StringArrayVar(&f.data, side+"-data", nil, "raw data of "+strings.ToUpper(side)+" alone; repeatable")
	cmd.Flags().StringArrayVar(&f.given, side+"-given", nil, "given figures of "+strings.ToUpper(side)+" alone; repeatable; none: compute all")
}

// or is what is said of one side, else of both.
func (f sideFlags) or(both dataFlags) dataFlags {
	out := both
	if f.data != nil {
		out.data = f.data
	}
	if f.given != nil {
		out.given = f.given
	}
	return out
}

// compared loads and evaluates both sides. A side without data, or with data that have
// errors, is compared by its document alone.
func (a *app) compared(args []string, both dataFlags, old, now sideFlags) (*compare.Comparison, *side, *side, error) {
	before, after, d, err := a.versions(args)
	if err != nil {
		return nil, nil, nil, err
	}
	one, two := &side{before, old.or(both)}, &side{after, now.or(both)}
	labels := [2]string{before.m.Edition, after.m.Edition}
	if labels[0] == labels[1] {
		labels = [2]string{"OLD, " + before.name(before.file) + ",", "NEW, " + after.name(after.file) + ","}
	}
	defer func() { a.heading = "" }()
	a.heading = labels[0] + " cannot be scored:"
	r, err := a.side(one)
	if err != nil && !errors.Is(err, errFindings) {
		return nil, nil, nil, err
	}
	a.heading = labels[1] + " cannot be scored:"
	s, wrong := a.side(two)
	if wrong != nil && !errors.Is(wrong, errFindings) {
		return nil, nil, nil, wrong
	}
	c := compare.Of(d, r, s)
	if err != nil {
		c.OldSide = compare.Refused
	}
	if wrong != nil {
		c.NewSide = compare.Refused
	}
	return c, one, two, nil
}

// side is a version with the data that were named for it.
type side struct {
	*loaded
	flags dataFlags
}

// side evaluates one side; nil: it has no data.
func (a *app) side(s *side) (*engine.Result, error) {
	l, f := s.loaded, s.flags
	if f.data == nil && f.given == nil && l.m.Files.Data == nil && l.m.Files.Given == nil {
		return nil, nil
	}
	d, err := a.dataset(l, f, false)
	if err != nil {
		return nil, err
	}
	return a.evaluate(l, d, engine.Options{})
}

// failWords are what --fail-on can be.
func failWords() (out []string) {
	for _, c := range diff.Classes {
		out = append(out, string(c))
	}
	return append(out, "info", "warning", "error")
}

// reaches says whether a change that nobody approved is at least of a class or a
// severity.
func reaches(all *compare.Comparison, failOn string) bool {
	for _, c := range all.Diff.Changes {
		if _, approved := all.Approved[c.Fingerprint()]; approved {
			continue
		}
		if at := slices.Index(diff.Classes, diff.Class(failOn)); at >= 0 {
			if slices.Index(diff.Classes, c.Class) >= at {
				return true
			}
		} else if failOn != "" && c.Severity >= severity(failOn) {
			return true
		}
	}
	return false
}
