package main_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/cmd/rubric/internal/cli"
)

const report2025 = "../../methodologies/cities-of-opportunity/2025"

// The seeds of the synthetic data. Two were found by `oracle seek`, for their
// units right on the edges of the bands of the index.
const (
	seed      = "1171" // go run ./testdata/oracle seek 60 2000 2400
	seedThird = "5"    // go run ./testdata/oracle seek 60 1500
)

var seeds = []string{seed, seedThird, "1", "2", "3", "20250"}

// TestOracle scores synthetic raw data, nothing given, by the command and by
// testdata/oracle, which shares no code with it and does not read the document.
// They have to agree at every node of every unit. Then the document is changed
// in one place after another, and each time they must not agree any more: so the
// agreement rests on every direction, every tie rule and every formula.
func TestOracle(t *testing.T) {
	oracle := buildOracle(t)
	data := map[string]string{} // seed → file
	want := map[string]figures{}
	for _, s := range seeds {
		data[s] = filepath.Join(t.TempDir(), s+".csv")
		require.NoError(t, os.WriteFile(data[s], output(t, oracle, "generate", s, "60"), 0o600))
		want[s] = parse(t, output(t, oracle, "score", data[s]))
		require.Len(t, want[s].units, 60)
		for unit, rows := range want[s].units {
			require.Len(t, rows, 1+10+50+66, unit)
		}
	}

	t.Run("agrees", func(t *testing.T) {
		for _, s := range seeds {
			t.Run(s, func(t *testing.T) {
				t.Parallel()
				out, findings, code := score(t, "cities-of-opportunity/2025", data[s])
				require.Zero(t, code, findings)
				assert.Empty(t, findings)
				assert.Empty(t, differences(want[s], parse(t, out)))
			})
		}
	})

	document := readDocument(t, want[seed].nodes)
	t.Run("the data hold every case", func(t *testing.T) {
		document.wantCases(t, data[seed], want[seed])
		assert.Subset(t, want[seed].scores("index"), []string{"2000", "2400"})
		assert.Contains(t, want[seedThird].scores("index"), "1500")
	})

	t.Run("mutation", func(t *testing.T) {
		t.Run("none", func(t *testing.T) {
			out, findings, code := score(t, document.folder(t, document.text), data[seed])
			require.Zero(t, code, findings)
			require.Empty(t, differences(want[seed], parse(t, out)), "a copy of the document must do what the document does")
		})
		for _, m := range document.mutations(t) {
			t.Run(m.name, func(t *testing.T) {
				t.Parallel()
				require.NotEqual(t, document.text, m.text)
				s := seed
				if m.seed != "" {
					s = m.seed
				}
				out, findings, code := score(t, document.folder(t, m.text), data[s])
				if m.refused != "" {
					require.Equal(t, 1, code)
					require.Regexp(t, m.refused, findings)
					return
				}
				require.Zero(t, code, findings)
				found := differences(want[s], parse(t, out))
				require.Contains(t, found, m.node, "the change of %s made no difference", m.name)
				require.Contains(t, found[m.node], m.figure, "the change of %s", m.name)
			})
		}
	})
}

func buildOracle(t *testing.T) string {
	name := filepath.Join(t.TempDir(), "oracle.exe")
	build := exec.Command("go", "build", "-o", name, "./testdata/oracle")
	build.Dir = "../.."
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	return name
}

func output(t *testing.T, name string, args ...string) []byte {
	var stderr bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	return out
}

// score runs the command in an empty folder, so that a name means what is built in.
func score(t *testing.T, methodology, data string) (out []byte, findings string, code int) {
	var stdout, stderr bytes.Buffer
	code = cli.Run([]string{"score", methodology, "--data", data, "--given", "none", "--format", "csv"},
		cli.System{Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Dir: t.TempDir()})
	findings = stderr.String()
	return stdout.Bytes(), findings[:min(len(findings), 2000)], code
}

// figures is a tidy result without its notes.
type figures struct {
	units map[string][]row // in document order
	nodes []node           // those of the first unit
}

type node struct{ path, level string }

type row struct{ node, period, level, value, score, rank, band, status string }

func parse(t *testing.T, text []byte) figures {
	r := csv.NewReader(bytes.NewReader(text))
	r.ReuseRecord = true
	header, err := r.Read()
	require.NoError(t, err)
	require.Equal(t, "unit,period,node,level,value,score,rank,band,status,note", strings.Join(header, ","))
	out := figures{units: map[string][]row{}}
	first := ""
	for {
		f, err := r.Read()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if first == "" {
			first = f[0]
		}
		out.units[f[0]] = append(out.units[f[0]], row{f[2], f[1], f[3], f[4], f[5], f[6], f[7], f[8]})
	}
	for _, r := range out.units[first] {
		out.nodes = append(out.nodes, node{r.node, r.level})
	}
	return out
}

// scores are the scores of one node.
func (f figures) scores(path string) []string {
	var out []string
	for _, rows := range f.units {
		for _, r := range rows {
			if r.node == path {
				out = append(out, r.score)
			}
		}
	}
	return out
}

// differences says, for each node that differs, which figures do, with one unit
// for an example.
func differences(want, got figures) map[string]map[string]string {
	out := map[string]map[string]string{}
	differ := func(node, unit, figure, want, got string) {
		if out[node] == nil {
			out[node] = map[string]string{}
		}
		out[node][figure] = fmt.Sprintf("%s: want %q, got %q", unit, want, got)
	}
	for unit := range got.units {
		if want.units[unit] == nil {
			differ("", unit, "rows", "none", "some")
		}
	}
	for unit, rows := range want.units {
		if len(got.units[unit]) != len(rows) {
			differ("", unit, "rows", strconv.Itoa(len(rows)), strconv.Itoa(len(got.units[unit])))
			continue
		}
		for i, w := range rows {
			g := got.units[unit][i]
			if w == g {
				continue
			}
			if !close12(w.value, g.value) {
				differ(w.node, unit, "value", w.value, g.value)
			}
			for _, f := range [][3]string{
				{"node", w.node, g.node},
				{"period", w.period, g.period},
				{"level", w.level, g.level},
				{"score", w.score, g.score},
				{"rank", w.rank, g.rank},
				{"band", w.band, g.band},
				{"status", w.status, g.status},
			} {
				if f[1] != f[2] {
					differ(w.node, unit, f[0], f[1], f[2])
				}
			}
		}
	}
	return out
}

// close12 says whether two values are the same text, or numbers that agree to
// twelve digits.
func close12(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) <= 1e-12*max(math.Abs(x), math.Abs(y))
}

// document is the methodology's text, with the places of what is changed in it.
type document struct {
	text       string
	formulas   []span // 66, of indicators in document order
	directions []span // 65: the judged one has none
	lists      []span // 15, `indicators:`
	indicators []string
	directed   []string // the indicators that have a direction
	several    []string // the variables of several indicators
}

type span struct{ from, to int }

const judgedNode = "regional_synergy/urban_collaboration_capacity/city_positioning"

var (
	formulaKey    = regexp.MustCompile(`(?m)^[^#\n]*\bformula: +([^,}#\n]*[^,}#\n ])`)
	directionKey  = regexp.MustCompile(`(?m)^[^#\n]*\bdirection: +(higher|lower|\{closest_to: 0\})`)
	indicatorsKey = regexp.MustCompile(`(?m)^ *(indicators):$`)
)

func readDocument(t *testing.T, nodes []node) *document {
	text, err := os.ReadFile(filepath.Join(report2025, "methodology.yaml"))
	require.NoError(t, err)
	d := &document{text: string(text)}
	d.formulas, d.directions, d.lists = d.places(formulaKey), d.places(directionKey), d.places(indicatorsKey)
	for i, n := range nodes {
		if n.level == "indicator" {
			d.indicators = append(d.indicators, n.path)
			if n.path != judgedNode {
				d.directed = append(d.directed, n.path)
			}
		}
		if n.level == "variable" && nodes[min(i+2, len(nodes)-1)].level == "indicator" {
			d.several = append(d.several, n.path)
		}
	}
	require.Len(t, d.formulas, 66)
	require.Len(t, d.directions, 65)
	require.Len(t, d.lists, 15)
	require.Len(t, d.indicators, len(d.formulas))
	require.Len(t, d.directed, len(d.directions))
	require.Len(t, d.several, len(d.lists))
	return d
}

// places are where the pattern's group stands.
func (d *document) places(pattern *regexp.Regexp) []span {
	var out []span
	for _, m := range pattern.FindAllStringSubmatchIndex(d.text, -1) {
		out = append(out, span{m[2], m[3]})
	}
	return out
}

func (d *document) at(s span) string { return d.text[s.from:s.to] }

// with is the text with another one in a place.
func (d *document) with(s span, text string) string { return d.text[:s.from] + text + d.text[s.to:] }

// folder holds a changed document and what it cannot do without.
func (d *document) folder(t *testing.T, text string) string {
	dir := t.TempDir()
	units, err := os.ReadFile(filepath.Join(report2025, "units.csv"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "units.csv"), units, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "methodology.yaml"), []byte(text), 0o600))
	return dir
}

// wantCases checks that the data have what makes rules differ: ties and missing
// cells in every column, divisions by zero in every quotient, ties at every level.
func (d *document) wantCases(t *testing.T, file string, f figures) {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	empty, cells := 0, 0
	for c, header := range rows[0] {
		seen, ties, gaps := map[string]bool{}, 0, 0
		for _, r := range rows[1:] {
			cells++
			switch {
			case r[c] == "":
				gaps++
			case seen[r[c]]:
				ties++
			}
			seen[r[c]] = true
		}
		empty += gaps
		if header != "city" {
			assert.NotZero(t, ties, "ties of %s", header)
			if header != "city_positioning" { // its rule is `error`
				assert.NotZero(t, gaps, "missing cells of %s", header)
			}
		}
	}
	assert.InDelta(t, 0.08, float64(empty)/float64(cells), 0.02, "share of missing cells")

	count := map[[2]string]int{} // by node and status
	tied, seen := map[string]bool{}, map[[2]string]bool{}
	for _, rows := range f.units {
		for _, r := range rows {
			count[[2]string{r.node, r.status}]++
			score := [2]string{r.node, r.score}
			tied[r.node] = tied[r.node] || seen[score] && r.status != "missing" && r.status != "invalid"
			seen[score] = true
		}
	}
	for _, n := range f.nodes {
		assert.True(t, tied[n.path], "ties of %s", n.path)
	}
	for i, path := range d.indicators {
		if path != judgedNode {
			assert.NotZero(t, count[[2]string{path, "missing"}], "missing figures of %s", path)
		}
		if strings.Contains(d.at(d.formulas[i]), "/") {
			assert.NotZero(t, count[[2]string{path, "invalid"}], "divisions by zero of %s", path)
		}
	}
}

// mutation is the document with one change, and where that has to show.
type mutation struct {
	name    string
	text    string
	node    string // the node that must differ
	figure  string // and in which figure at least
	refused string // or the finding that the run must end with
	seed    string // of the data, if not the usual one
}

var (
	quotient = regexp.MustCompile(`^(.+) / (.+)$`)
	factor   = regexp.MustCompile(`\b\d+\b`)
)

func (d *document) mutations(t *testing.T) []mutation {
	var out []mutation
	for i, s := range d.directions {
		for _, other := range []string{"higher", "lower", "{closest_to: 0}", "{closest_to: 1}"} {
			quality := strings.HasPrefix(other, "{") == strings.HasPrefix(d.at(s), "{")
			if other != d.at(s) && (quality || d.at(s) == "{closest_to: 0}") {
				out = append(out, mutation{name: "direction of " + d.directed[i] + " " + other, text: d.with(s, other), node: d.directed[i], figure: "score"})
			}
		}
		out = append(out, mutation{name: "ties of " + d.directed[i], text: d.with(s, d.beside(s, "ties: low")), node: d.directed[i], figure: "score"})
	}
	for i, s := range d.lists {
		before := d.text[:s.from]
		if strings.Contains(before[strings.LastIndex(before, "title:"):], "ties: low") {
			continue // below
		}
		out = append(out, mutation{name: "ties of " + d.several[i], text: d.with(s, d.above(s, "ties: low")), node: d.several[i], figure: "score"})
	}
	for i, s := range d.formulas {
		if d.indicators[i] != judgedNode {
			out = append(out, d.formulaMutations(d.indicators[i], s)...)
		}
	}
	return append(out, d.ruleMutations(t)...)
}

// formulaMutations negate a formula, turn its quotient over, and change each of
// its operators and factors.
func (d *document) formulaMutations(path string, s span) []mutation {
	f := d.at(s)
	changed := []string{"-(" + f + ")"}
	if m := quotient.FindStringSubmatch(f); m != nil {
		changed = append(changed, fmt.Sprintf("(%s) / (%s)", m[2], m[1]))
	}
	for i, c := range f {
		if other, ok := map[rune]string{'/': "*", '*': "/", '+': "-", '-': "+"}[c]; ok {
			changed = append(changed, f[:i]+other+f[i+1:])
		}
	}
	for _, at := range factor.FindAllStringIndex(f, -1) {
		changed = append(changed, f[:at[0]]+"2"+f[at[0]:])
	}
	var out []mutation
	for _, c := range changed {
		out = append(out, mutation{name: "formula of " + path + " " + c, text: d.with(s, "'"+c+"'"), node: path, figure: "value"})
	}
	return out
}

// ruleMutations change the rules that are written once.
func (d *document) ruleMutations(t *testing.T) []mutation {
	const (
		indicator = "  indicator: {normalise: rank_points, ties: high, missing: floor}\n"
		variable  = "  variable:  {aggregate: sum, normalise: rank_points, ties: high, missing: error, single: keep}\n"
		dimension = "  dimension: {aggregate: sum, rank: standard, missing: error}\n"
		index     = "  index:     {aggregate: sum, rank: standard, missing: error}\n"
		economic  = "economic_strength"
		pair      = economic + "/economic_aggregate_potential"
		gdp       = pair + "/total_gdp"
	)
	var out []mutation
	// in changes a word in a line that stands once.
	in := func(line, old, new string, m mutation) {
		require.Equal(t, 1, strings.Count(d.text, line), "%s", line)
		require.Equal(t, 1, strings.Count(line, old), "%s in %s", old, line)
		at := strings.Index(d.text, line) + strings.Index(line, old)
		m.name, m.text = strings.Fields(line)[0]+" "+old+" to "+new, d.with(span{at, at + len(old)}, new)
		out = append(out, m)
	}

	for _, ties := range []string{"low", "mean", "dense"} {
		in(indicator, "ties: high", "ties: "+ties, mutation{node: gdp, figure: "score"})
		in(variable, "ties: high", "ties: "+ties, mutation{node: pair, figure: "score"})
	}
	in(indicator, "rank_points", "ascending_rank", mutation{node: gdp, figure: "score"})
	in(indicator, "missing: floor", "missing: error", mutation{refused: `has no figure for .*\[cell/missing\]`})
	in(indicator, "missing: floor", "missing: keep", mutation{refused: `has no figure for .*\[cell/missing\]`})
	out = append(out, mutation{name: "leave units without a figure out", text: d.with(d.directions[0], d.beside(d.directions[0], "missing: exclude_unit")), node: "index", figure: "score"})
	// Where missing figures are kept, the best has fewer points: N counts the units that have a figure.
	kept := strings.NewReplacer(indicator, strings.Replace(indicator, "floor", "keep", 1), variable, strings.Replace(variable, "error", "floor", 1))
	out = append(out, mutation{name: "floor variables and not indicators", text: kept.Replace(d.text), refused: "`lookup` of its one indicator has none.*\\[missing/rule\\]"})
	in(variable, "aggregate: sum", "aggregate: arithmetic_mean", mutation{node: pair, figure: "value"})
	in(variable, "single: keep", "single: normalise", mutation{node: economic + "/number_of_brand_companies", figure: "score"})
	in(dimension, "aggregate: sum", "aggregate: arithmetic_mean", mutation{node: economic, figure: "score"})
	in(index, "aggregate: sum", "aggregate: arithmetic_mean", mutation{node: "index", figure: "score"})
	for _, rule := range []string{"modified", "dense", "fractional", "{rule: standard, best: lowest}"} {
		in(dimension, "standard", rule, mutation{node: economic, figure: "rank"})
		in(index, "standard", rule, mutation{node: "index", figure: "rank"})
	}

	for _, v := range []string{"business_carrying_capacity", "passenger_and_freight_transport_scale"} {
		m := regexp.MustCompile(`\n +` + v + `:\n +title: .*\n +ties: (low)\n`).FindStringSubmatchIndex(d.text)
		require.NotNil(t, m, v)
		for _, ties := range []string{"high", "mean", "dense"} {
			out = append(out, mutation{name: "ties of " + v + " " + ties, text: d.with(span{m[2], m[3]}, ties), node: "regional_synergy/" + v, figure: "score"})
		}
	}

	levels := regexp.MustCompile(`\n {12}[a-zA-Z ]+: (\d+) +#`).FindAllStringSubmatchIndex(d.text, -1)
	require.Len(t, levels, 7)
	for _, m := range levels {
		s := span{m[2], m[3]}
		out = append(out, mutation{name: "level of " + d.at(s), text: d.with(s, "1"+d.at(s)), node: judgedNode, figure: "score"})
	}
	last := d.formulas[slices.Index(d.indicators, judgedNode)]
	out = append(out, mutation{
		name: "formula of " + judgedNode, text: d.with(last, `'city_positioning == "other city" ? "subregional centre" : city_positioning'`), node: judgedNode, figure: "value",
	})

	first := "  first_tier:  {title: First tier,  above: 2400}\n"
	second := "  second_tier: {title: Second tier, from: 2000, up_to: 2400}\n"
	third := "  third_tier:  {title: Third tier,  from: 1500, below: 2000}\n"
	band := mutation{node: "index", figure: "band"}
	in(first, "2400", "2500", band)
	in(second, "from:", "above:", band)
	in(second, "up_to:", "below:", band)
	in(third, "from:", "above:", mutation{node: "index", figure: "band", seed: seedThird})
	in(third, "2000", "1900", band)
	return out
}

// beside puts another key after the one whose value stands at s.
func (d *document) beside(s span, key string) string {
	start := strings.LastIndex(d.text[:s.from], "\n") + 1
	line := d.text[start:s.from]
	if strings.Contains(line, "{") {
		return d.at(s) + ", " + key
	}
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	return d.at(s) + "\n" + indent + key
}

// above puts another key before the one that stands at s, which begins its line.
func (d *document) above(s span, key string) string {
	start := strings.LastIndex(d.text[:s.from], "\n") + 1
	return key + "\n" + d.text[start:s.from] + d.at(s)
}
