package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rubric/engine"
	"rubric/spec/chapter"
	"rubric/spec/chapter/markdown"
	"rubric/spec/chapter/page"
	"rubric/spec/check"
	"rubric/spec/diag"
	"rubric/spec/lock"
	"rubric/spec/source"
)

func (a *app) docsCommand() *cobra.Command {
	var format, language, output string
	var current bool
	cmd := &cobra.Command{
		Use:   "docs METHODOLOGY",
		Short: "Write the chapter on method that an index is published with",
		Long: "Write the chapter on method that an index is published with, from the document alone: what is ranked, the table of\n" +
			"indicators with their formulas, how scores are made, weights, missing figures, bands, data, sources, and what is\n" +
			"otherwise than in the edition before. HTML is one page that needs nothing else.\n" +
			"--lang takes titles that are maps of languages in one of them; the chapter's own words are in " + strings.Join(chapter.Languages(), " and ") + ".\n" +
			"--check writes nothing, and fails when FILE is not what would be written.",
		Args: exactly("METHODOLOGY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("format") {
				format = formatOf(output)
			}
			if current && (output == "" || output == "-") {
				return usage("--check holds a file against the document: name it with -o FILE")
			}
			if language != "" && !tag.MatchString(language) {
				return usage("`%s` is no language: `--lang zh`, `--lang en`", language)
			}
			l, err := a.load(args[0])
			if err != nil {
				return err
			}
			c, err := a.chapter(l, language)
			if err != nil {
				return err
			}
			write := func(w io.Writer) error {
				if format == "html" {
					return page.Write(w, c)
				}
				return markdown.Write(w, c)
			}
			if !current {
				return a.output(output, write)
			}
			var b bytes.Buffer
			if err := write(&b); err != nil {
				return err
			}
			return a.current(output, b.Bytes(), docsCall(args[0], format, language, output))
		},
	}
	formatFlag(cmd, &format, "markdown", "markdown", "html")
	cmd.Flags().StringVar(&language, "lang", "", "the language of titles and words, such as zh; the document's first one where it has several")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all, as HTML where its name ends so; - is standard output")
	cmd.Flags().BoolVar(&current, "check", false, "write nothing: fail when the file of -o is not what would be written")
	_ = cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(chapter.Languages(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// tag is the name of a language as documents write it.
var tag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]+)*$`)

// formatOf is the format that a file's name asks for.
func formatOf(name string) string {
	if ext := strings.ToLower(filepath.Ext(name)); ext == ".html" || ext == ".htm" {
		return "html"
	}
	return "markdown"
}

// docsCall is how the command is called that writes a chapter.
func docsCall(methodology, format, language, output string) string {
	call := "rubric docs " + methodology
	if language != "" {
		call += " --lang " + language
	}
	if format != formatOf(output) {
		call += " --format " + format
	}
	return call + " -o " + output
}

// chapter is the chapter of a methodology in a language: the one that is asked for, or
// the document's first.
func (a *app) chapter(l *loaded, language string) (*chapter.Chapter, error) {
	asked := language
	if language == "" && len(l.m.Languages) > 0 {
		language = l.m.Languages[0]
	}
	titled := slices.ContainsFunc(l.m.Languages, func(known string) bool { return check.Akin(known, language) })
	if language != "" && !titled && !chapter.Speaks(language) {
		return nil, usage("neither titles nor words are known in `%s`: the document has %s, and the words are in %s", language, languagesOf(l.m), strings.Join(chapter.Languages(), ", "))
	}
	digest := lock.Digest(l.m.Resolved())
	m := l.m
	if language != "" {
		in, _, err := a.documentIn(language, l.place)
		if err != nil {
			return nil, err
		}
		m = in.m
	}
	var list diag.List
	if asked != "" && len(l.m.Languages) == 0 && !check.Akin(asked, "en") {
		list.Add(diag.New(diag.ChapterLanguage, source.Place{}, "no title is in several languages: they stand in `%s` as they are written", asked).WithHelp("`title: {en: …, %s: …}`", asked))
	}
	list.Add(untranslated(m, language)...)
	if language != "" && !chapter.Speaks(language) {
		list.Add(diag.New(diag.ChapterLanguage, source.Place{}, "the chapter's own words are not known in `%s`: they are English", language))
	}
	if err := a.print(list); err != nil {
		return nil, err
	}
	return chapter.Of(m, engine.Catalogue(), chapter.Options{Language: language, Digest: digest}), nil
}

func languagesOf(m *check.Methodology) string {
	if len(m.Languages) == 0 {
		return "none"
	}
	return strings.Join(m.Languages, ", ")
}

// untranslated is one finding for all titles that lack a language.
func untranslated(m *check.Methodology, language string) diag.List {
	if len(m.Untranslated) == 0 {
		return nil
	}
	said := "this title is not in `%s`: another language stands in its place"
	if n := len(m.Untranslated); n > 1 {
		said = fmt.Sprintf("this title and %d more are", n-1) + " not in `%s`: another language stands in their place"
	}
	d := diag.New(diag.ChapterLanguage, m.Untranslated[0], said, language).WithHelp("add `%s: …`", language)
	const most = 4
	for _, at := range m.Untranslated[1:min(len(m.Untranslated), most)] {
		d = d.WithRelated(at, "another one")
	}
	return diag.List{d}
}

// current holds a file against what would be written.
func (a *app) current(name string, want []byte, call string) error {
	have, err := os.ReadFile(a.path(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return usage("there is no %s: `%s` writes it", name, call)
	case err != nil:
		return usage("cannot read %s: %v", name, unwrapped(err))
	case bytes.Equal(have, want):
		return nil
	}
	line := difference(a.Stdout, name, have, want)
	d := diag.New(diag.ChapterStale, source.Place{File: name, Line: line}, "the chapter is not what the document says").WithHelp("`%s` writes it anew", call)
	return a.print(diag.List{d})
}
