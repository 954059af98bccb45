package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/cobra"

	"rubric/spec/diag"
	"rubric/spec/schema"
	"rubric/spec/source"
	"rubric/spec/tree"
)

// setting is one setting that there is.
type setting struct {
	name, fallback, doc string
	values              []string // the words that it may be; none: any
	number              bool
	verb                string // the only verb whose flag of this name is the setting
}

// known is every setting, in the order in which `rubric config` shows them.
var known = []setting{
	{name: "color", fallback: "auto", doc: "colour on a terminal", values: []string{"auto", "always", "never"}},
	{name: "format", fallback: "table", verb: "score", doc: "format of `rubric score`", values: []string{"table", "csv", "json", "markdown"}},
	{name: "methodologies", fallback: "methodologies", doc: "folder in which index/edition is looked up, beside the working directory"},
	{name: "width", fallback: "0", doc: "columns of the terminal; 0 asks it", number: true},
}

// settingsFile is the project's file of settings.
const settingsFile = "rubric.yaml"

// settings is the layers of the run's settings, the later over the earlier:
// defaults, the project's file, the environment, flags.
type settings struct {
	*koanf.Koanf
	origin map[string]string
}

func (s *settings) text(name string) string { return s.String(name) }
func (s *settings) number(name string) int  { return s.Int(name) }

func loadSettings(sys System, cmd *cobra.Command) (*settings, diag.List, error) {
	s := &settings{koanf.New("."), map[string]string{}}
	defaults := map[string]any{}
	for _, k := range known {
		defaults[k.name] = k.fallback
	}
	var list diag.List
	s.layer("default", defaults)
	file, findings, err := fileLayer(filepath.Join(sys.Dir, settingsFile))
	if err != nil {
		return nil, nil, err
	}
	list.Add(findings...)
	s.layer(settingsFile, file)
	for _, e := range sys.Env {
		name, value, _ := strings.Cut(e, "=")
		short, ours := strings.CutPrefix(name, "RUBRIC_")
		if !ours || short == "REFERENCE" { // where the tests find reference data
			continue
		}
		key := strings.ToLower(short)
		list.Add(wrong(key, value, source.Place{File: "environment variable " + name})...)
		s.layer(name, map[string]any{key: value})
	}
	flags := map[string]any{}
	for _, k := range known {
		if k.verb != "" && k.verb != cmd.Name() {
			continue
		}
		if f := cmd.Flags().Lookup(k.name); f != nil && f.Changed {
			for _, d := range wrong(k.name, f.Value.String(), source.Place{}) {
				return nil, nil, usage("--%s: %s: %s", k.name, d.Message, d.Help)
			}
			flags[k.name] = f.Value.String()
		}
	}
	s.layer("flag", flags)
	return s, list, nil
}

func (s *settings) layer(name string, values map[string]any) {
	for k := range values {
		s.origin[k] = name
	}
	// A map of strings cannot fail to load.
	_ = s.Load(confmap.Provider(values, "."), nil)
}

// fileLayer reads the project's file, if there is one.
func fileLayer(path string) (map[string]any, diag.List, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, usageError{fmt.Errorf("read settings: %w", err)}
	}
	if empty(string(data)) {
		return nil, nil, nil
	}
	root, list := tree.Parse(source.NewFile(settingsFile, data))
	if root == nil {
		return nil, list, nil
	}
	// One code for settings, wherever they come from; what the schema says of
	// the file has its place.
	for _, d := range schema.Settings().Check(root) {
		d.Code = diag.ConfigWrong.Name
		list.Add(d)
	}
	out := map[string]any{}
	for _, e := range root.Entries {
		out[e.Key.Value] = e.Value.Value
	}
	return out, list, nil
}

// empty says that a file sets nothing: it has blank lines and remarks alone.
func empty(text string) bool {
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return false
		}
	}
	return true
}

func find(name string) (setting, bool) {
	i := slices.IndexFunc(known, func(k setting) bool { return k.name == name })
	if i < 0 {
		return setting{}, false
	}
	return known[i], true
}

// wrong says what is wrong with a setting.
func wrong(name, value string, at source.Place) diag.List {
	var names []string
	for _, k := range known {
		names = append(names, k.name)
	}
	k, ok := find(name)
	switch {
	case !ok:
		d := diag.New(diag.ConfigWrong, at, "there is no setting `%s`", name).WithHelp("the settings are %s", strings.Join(names, ", "))
		if near, found := diag.Nearest(name, names); found {
			d = d.WithHelp("did you mean `%s`?", near)
		}
		return diag.List{d}
	case k.values != nil && !slices.Contains(k.values, value):
		return diag.List{diag.New(diag.ConfigWrong, at, "`%s` is no value of `%s`", value, name).WithHelp("one of %s", strings.Join(k.values, ", "))}
	case k.number:
		if n, err := strconv.Atoi(value); err != nil || n < 0 {
			return diag.List{diag.New(diag.ConfigWrong, at, "`%s` is no value of `%s`", value, name).WithHelp("a whole number, 0 or more")}
		}
	}
	return nil
}

func (a *app) configCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show the settings of this run, and where each came from",
		Args:  exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if format == "json" {
				type row struct {
					Name   string `json:"name"`
					Value  string `json:"value"`
					Origin string `json:"origin"`
				}
				var rows []row
				for _, k := range known {
					rows = append(rows, row{k.name, a.settings.text(k.name), a.settings.origin[k.name]})
				}
				e := json.NewEncoder(a.Stdout)
				e.SetIndent("", "  ")
				return e.Encode(map[string]any{"formatVersion": 1, "settings": rows})
			}
			for _, k := range known {
				fmt.Fprintf(a.Stdout, "%-14s %-14s %-14s %s\n", k.name, a.settings.text(k.name), a.settings.origin[k.name], k.doc)
			}
			return nil
		},
	}
	formatFlag(cmd, &format, "text", "text", "json")
	return cmd
}

// formatFlag adds --format with the words that it may be.
func formatFlag(cmd *cobra.Command, format *string, fallback string, values ...string) {
	cmd.Flags().StringVar(format, "format", fallback, "format: "+strings.Join(values, ", "))
	check := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if !slices.Contains(values, *format) {
			return usage("unknown format `%s`: one of %s", *format, strings.Join(values, ", "))
		}
		if check != nil {
			return check(cmd, args)
		}
		return nil
	}
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
