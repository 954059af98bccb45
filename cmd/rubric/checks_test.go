package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/cmd/rubric/internal/cli"
	"rubric/spec/diag"
)

// A page of docs/checks is about one code. Its examples are fences whose info string
// says whether they are bad or good, and where another file than the document or
// data.csv is meant, which; docs/checks/README.md says what they stand on. The
// console block after a bad one holds all that the command prints; a good one may
// have a console block that only says another command, or several.
//
//	UPDATE=1 go test ./cmd/rubric -run TestChecks   // rewrites severities, titles and what is printed
var (
	checkFence  = regexp.MustCompile("(?ms)^```(\\w+)([^\n]*)\n(.*?)^```$")
	checkHead   = regexp.MustCompile(`^# (\S+)\n\n\*\*(\w+)\*\*: (.*)\n`)
	topLevelKey = regexp.MustCompile(`(?m)^[a-z]\w*:`)
)

// noExample says why a page has no example of its own.
var noExample = map[string]string{
	"sense/skipped": "it takes more than 200,000 cells; testdata/errors/sense_skipped.txtar has them",
	"data/limit":    "a line of more than 16 MiB is no example for a page; testdata/errors/data_limit.txtar has it",
}

// alsoErrors are the errors that a bad example cannot be without.
var alsoErrors = map[string][]string{
	"extends/invalid": {"expression/unknown-name"}, // the error of the edition that is extended
}

// beyondNotes says why a finding that is no error cannot be silenced by a note although
// it stands in a document.
var beyondNotes = map[string]string{
	"silence/wrong":   "notes do not silence what is said of notes",
	"silence/expired": "notes do not silence what is said of notes",
	"silence/unused":  "notes do not silence what is said of notes",
}

// before is the edition that examples extend.
const before = "before.yaml"

// checkPage is a page taken apart.
type checkPage struct {
	text       string
	bad, good  map[string]string // files
	run, again []string          // commands
	printed    [2]int            // what the bad example prints: from, to in the text
}

func TestChecks(t *testing.T) {
	const root = "../../docs/checks"
	base := readBase(t, root)
	pages := map[string]string{}
	require.NoError(t, filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(name) != ".md" || filepath.Dir(name) == filepath.Clean(root) {
			return err
		}
		rel, err := filepath.Rel(root, name)
		pages[strings.TrimSuffix(filepath.ToSlash(rel), ".md")] = name
		return err
	}))
	for _, c := range diag.Codes {
		if pages[c.Name] == "" {
			t.Errorf("no page docs/checks/%s.md", c.Name)
		}
	}
	for code := range noExample {
		require.Contains(t, pages, code)
	}
	for _, code := range slices.Sorted(maps.Keys(pages)) {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			i := slices.IndexFunc(diag.Codes, func(c diag.Code) bool { return c.Name == code })
			require.GreaterOrEqual(t, i, 0, "there is no such code")
			examined(t, pages[code], diag.Codes[i], base)
		})
	}
}

// readBase is the document that examples stand on, by its top-level keys.
func readBase(t *testing.T, root string) []section {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	for _, m := range checkFence.FindAllStringSubmatch(string(text), -1) {
		if m[2] == " base" {
			return sections(m[3])
		}
	}
	t.Fatal("docs/checks/README.md has no document that examples stand on")
	return nil
}

// section is a top-level key of a document with its text.
type section struct{ key, text string }

func sections(text string) (out []section) {
	starts := topLevelKey.FindAllStringIndex(text, -1)
	from := 0
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		out = append(out, section{text[at[0] : at[1]-1], text[from:end]})
		from = end
	}
	return out
}

// completed is a document of which an example has some keys.
func completed(base []section, text string, data bool) string {
	own := sections(text)
	if len(own) > 0 && own[0].key == "rubric" {
		return text
	}
	if data && !slices.ContainsFunc(own, func(s section) bool { return s.key == "files" }) {
		own = append(own, section{"files", "files: {data: [data.csv]}\n"})
	}
	var b strings.Builder
	for _, s := range base {
		if i := slices.IndexFunc(own, func(o section) bool { return o.key == s.key }); i >= 0 {
			s = own[i]
			own = slices.Delete(own, i, i+1)
		}
		b.WriteString(s.text)
	}
	for _, s := range own {
		b.WriteString(s.text)
	}
	return b.String()
}

func readCheck(t *testing.T, text string, base []section) checkPage {
	p := checkPage{text: text, bad: map[string]string{}, good: map[string]string{}}
	for _, m := range checkFence.FindAllStringSubmatchIndex(text, -1) {
		language, info, body := text[m[2]:m[3]], strings.Fields(text[m[4]:m[5]]), text[m[6]:m[7]]
		if language == "console" {
			commands := commandsOf(body)
			require.NotEmpty(t, commands, "a console block without a command")
			if len(info) > 0 && info[0] == "good" {
				p.again = commands
				continue
			}
			require.Nil(t, p.run, "one console block shows what the bad example prints")
			p.run, p.printed = commands, [2]int{m[6] + strings.LastIndex(body, "$ "+commands[len(commands)-1]) + len("$ "+commands[len(commands)-1]) + 1, m[7]}
			continue
		}
		require.NotEmpty(t, info, "a fence that is neither bad nor good: %s", body)
		into := map[string]map[string]string{"bad": p.bad, "good": p.good}[info[0]]
		require.NotNil(t, into, "a fence is bad or good, not %s", info[0])
		name := map[string]string{"yaml": "methodology.yaml", "csv": "data.csv"}[language]
		if len(info) > 1 {
			name = info[1]
		}
		require.NotEmpty(t, name, "a block of %s does not say which file it is", language)
		into[name] = body
	}
	if p.again == nil {
		p.again = p.run
	}
	for name, body := range p.bad {
		if _, ok := p.good[name]; !ok {
			p.good[name] = body
		}
	}
	for _, files := range []map[string]string{p.bad, p.good} {
		if strings.HasPrefix(p.first(), "import ") {
			continue // projects of other tools have no document
		}
		document := "methodology.yaml"
		for name := range files {
			if strings.HasSuffix(name, "/methodology.yaml") {
				document = name
			}
		}
		_, data := files["data.csv"]
		files[document] = completed(base, files[document], data)
		if _, own := files[before]; own || strings.Contains(files[document], before) {
			files[before] = completed(base, files[before], false)
		}
	}
	return p
}

func commandsOf(body string) (out []string) {
	for line := range strings.Lines(body) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			out = append(out, strings.TrimSpace(command))
		}
	}
	return out
}

func (p checkPage) first() string {
	if len(p.run) == 0 {
		return ""
	}
	return strings.TrimPrefix(p.run[0], "rubric ")
}

// examined holds a page against its code, and runs its examples.
func examined(t *testing.T, file string, c diag.Code, base []section) {
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	text := string(data)
	head := checkHead.FindStringSubmatch(text)
	require.NotNil(t, head, "a page begins with its code, severity and title")
	text = fmt.Sprintf("# %s\n\n**%s**: %s\n", c.Name, c.Severity, c.Title) + text[len(head[0]):]
	var stdout bytes.Buffer
	require.Zero(t, cli.Run([]string{"checks", c.Name}, cli.System{Stdout: &stdout, Stderr: &stdout}))
	assert.Equal(t, string(data), stdout.String(), "`rubric checks` prints the page")
	silences := "rubric: ignore " + c.Name
	if _, ok := noExample[c.Name]; ok {
		require.NotContains(t, text, "```")
		rewritten(t, file, string(data), text)
		return
	}
	p := readCheck(t, text, base)
	require.NotNil(t, p.run, "the page does not show what the bad example prints")

	printed, found := inFolder(t, p.bad, p.run)
	own := slices.DeleteFunc(slices.Clone(found), func(f finding) bool { return f.code != c.Name })
	if assert.NotEmpty(t, own, "the bad example does not have its finding:\n%s", printed) {
		for _, f := range found {
			assert.True(t, f.code == c.Name || f.severity != "error" || slices.Contains(alsoErrors[c.Name], f.code), "the bad example has another error: %v", f)
		}
	}
	text = text[:p.printed[0]] + printed + text[p.printed[1]:]
	rewritten(t, file, string(data), text)

	after, found := inFolder(t, p.good, p.again)
	for _, f := range found {
		assert.NotEqual(t, c.Name, f.code, "the good example has the finding, too:\n%s", after)
		assert.NotEqual(t, "error", f.severity, "the good example has an error: %v", f)
	}
	if len(own) > 0 {
		silenced(t, p, c, own[0], strings.Contains(text, silences))
	}
}

// silenced writes a note before the line of a finding and looks whether it acts, as the
// page says that it does or does not.
func silenced(t *testing.T, p checkPage, c diag.Code, f finding, says bool) {
	_, cannot := beyondNotes[c.Name]
	if c.Severity == diag.Error || cannot || filepath.Ext(f.file) != ".yaml" {
		assert.False(t, says, "the page says that a note silences it, and no note can")
		assert.Regexp(t, `silenced`, p.text, "the page does not say whether the finding can be silenced")
		return
	}
	assert.True(t, says, "the page does not say `# rubric: ignore %s because …`", c.Name)
	files := maps.Clone(p.bad)
	lines := strings.SplitAfter(files[f.file], "\n")
	at := lines[f.line-1]
	indent := at[:len(at)-len(strings.TrimLeft(at, " "))]
	lines = slices.Insert(lines, f.line-1, indent+"# rubric: ignore "+c.Name+" because it is known\n")
	files[f.file] = strings.Join(lines, "")
	printed, left := inFolder(t, files, p.run)
	for _, f := range left {
		assert.NotEqual(t, c.Name, f.code, "the note does not silence it:\n%s", printed)
		assert.False(t, strings.HasPrefix(f.code, "silence/"), "the note is wrong: %v", f)
	}
}

// rewritten holds a page against what it should be, or writes that.
func rewritten(t *testing.T, file, have, want string) {
	if have == want {
		return
	}
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
		return
	}
	assert.Equal(t, want, have, "`UPDATE=1 go test ./cmd/rubric -run TestChecks` rewrites the page")
}

// inFolder runs commands over files; what the last one prints, and what it finds. Of
// `validate` and `test` all is shown, of others their findings alone.
func inFolder(t *testing.T, files map[string]string, commands []string) (printed string, found []finding) {
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		data := []byte(text)
		if maker := makers[filepath.Ext(path)]; maker != nil {
			var err error
			data, err = maker(text)
			require.NoError(t, err)
		}
		require.NoError(t, os.WriteFile(path, data, 0o644))
	}
	for _, command := range commands {
		words := strings.Fields(command)
		require.Equal(t, "rubric", words[0])
		var stdout, stderr bytes.Buffer
		exit := cli.Run(words[1:], cli.System{Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Dir: dir})
		require.NotEqual(t, 2, exit, "%s: %s", command, stderr.String())
		printed = stderr.String()
		if words[1] == "validate" || words[1] == "test" {
			printed = stdout.String() + printed
		}
		found = readFound(t, stdout.String()+stderr.String())
	}
	return printed, found
}
