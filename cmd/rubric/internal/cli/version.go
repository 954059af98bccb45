package cli

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"rubric/engine"
)

// release is the version of this source.
const release = "0.1.0"

func version() string { return "rubric " + release }

func (a *app) versionCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Show the versions of the command, the engine and the document format",
		Args:  exactly(),
		RunE: func(cmd *cobra.Command, args []string) error {
			revision := "unknown"
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						revision = s.Value
					}
				}
			}
			if format == "json" {
				e := json.NewEncoder(a.Stdout)
				e.SetIndent("", "  ")
				return e.Encode(map[string]any{"formatVersion": 1, "rubric": release, "engine": engine.Version, "documents": []int{1}, "revision": revision, "go": runtime.Version()})
			}
			_, err := fmt.Fprintf(a.Stdout, "%s, engine %s, documents of format 1\nrevision %s, %s %s/%s\n", version(), engine.Version, revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
	formatFlag(cmd, &format, "text", "text", "json")
	return cmd
}
