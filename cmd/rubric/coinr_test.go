package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/spec/check"
)

// This file has COINr's own steps once more, as few lines as they take, and
// random projects to hold `rubric import coinr` and `rubric score` against them.

// coinrNode is a row of iMeta that belongs to the index.
type coinrNode struct {
	code, parent string
	level        int
	lower        bool
	weight       float64
	by           string // the denominator
	children     []*coinrNode
}

// coinrProject is a project; a figure that is not there is NaN.
type coinrProject struct {
	nodes      []*coinrNode // parents after their children
	root       *coinrNode
	units      []string // of each row
	times      []string // of each row; nil: no panel
	figures    map[string][]float64
	meta, data string
}

// randomProject makes a project of so many levels.
func randomProject(r *rand.Rand, gap string, panel bool) *coinrProject {
	p := &coinrProject{figures: map[string][]float64{}}
	levels := 2 + r.IntN(5)
	p.root = p.grow(r, levels, "")
	p.rows(r, panel)
	gaps := []float64{0, 0.1, 0.5}[r.IntN(3)]
	draw := func() float64 {
		switch {
		case r.Float64() < gaps:
			return math.NaN()
		case r.IntN(2) == 0:
			return float64(r.IntN(5))
		}
		return math.Round(r.NormFloat64()*1e6) / 1e3
	}
	for _, name := range []string{"GDP", "Population.Total"} {
		p.figures[name] = make([]float64, len(p.units))
		for i := range p.units {
			if p.figures[name][i] = 0.5 + 100*r.Float64(); r.Float64() < gaps/4 {
				p.figures[name][i] = math.NaN()
			}
		}
	}
	for _, n := range p.nodes {
		if n.level > 1 {
			continue
		}
		constant := r.IntN(12) == 0
		column := make([]float64, len(p.units))
		for i := range column {
			column[i] = draw()
			if constant && !math.IsNaN(column[i]) {
				column[i] = 7
			}
		}
		p.figures[n.code] = column
		if r.IntN(3) == 0 {
			n.by = []string{"GDP", "Population.Total"}[r.IntN(2)]
		}
	}
	p.write(gap)
	return p
}

// grow makes a node and what is below it.
func (p *coinrProject) grow(r *rand.Rand, level int, parent string) *coinrNode {
	n := &coinrNode{parent: parent, level: level, lower: r.IntN(2) == 0, weight: 1}
	n.code = []string{"X%d", "agg.%d", "CamelCase%d", "UPPER_%d"}[r.IntN(4)]
	n.code = fmt.Sprintf(n.code, 1000+r.IntN(9000))
	for slices.ContainsFunc(p.nodes, func(o *coinrNode) bool { return o.code == n.code }) {
		n.code += "x"
	}
	p.nodes = append(p.nodes, n) // the code is taken
	switch r.IntN(4) {
	case 0:
		n.weight = 0
	case 1:
		n.weight = math.Round(1000*r.Float64()) / 100
	}
	if level > 1 {
		total := 0.0
		for range 1 + r.IntN(3) {
			c := p.grow(r, level-1, n.code)
			n.children = append(n.children, c)
			total += c.weight
		}
		if total == 0 {
			n.children[0].weight = 2
		}
	}
	return n
}

func (p *coinrProject) rows(r *rand.Rand, panel bool) {
	units := 2 + r.IntN(9)
	if !panel {
		for u := range units {
			p.units = append(p.units, fmt.Sprintf("u%02d", u))
		}
		return
	}
	for t := range 2 + r.IntN(3) {
		for u := range units {
			if u < 2 || r.IntN(4) > 0 {
				p.units, p.times = append(p.units, fmt.Sprintf("u%02d", u)), append(p.times, strconv.Itoa(2018+t))
			}
		}
	}
}

// write writes the two tables.
func (p *coinrProject) write(gap string) {
	var meta, data strings.Builder
	meta.WriteString("Type,iCode,iName,Level,Parent,Direction,Weight,Denominator,Unit\n")
	word := func(s string) string {
		if s == "" {
			return "NA"
		}
		return s
	}
	names := []string{"Population.Total", "GDP", "Unused", "Group_one"}
	for _, n := range p.nodes {
		kind, direction := "Indicator", 1
		if n.level > 1 {
			kind = "Aggregate"
		} else {
			names = append(names, n.code)
		}
		if n.lower {
			direction = -1
		}
		fmt.Fprintf(&meta, "%s,%s,\"%s: a name, %d\",%d,%s,%d,%s,%s,Score\n", kind, n.code, n.code, n.level, n.level, word(n.parent), direction,
			strconv.FormatFloat(n.weight, 'g', -1, 64), word(n.by))
	}
	meta.WriteString("Denominator,GDP,GDP,NA,NA,NA,NA,NA,USD\nDenominator,Population.Total,Residents,NA,NA,NA,NA,NA,thousands\n" +
		"Denominator,Unused,Unused,NA,NA,NA,NA,NA,km2\nGroup,Group_one,A group,NA,NA,NA,NA,NA,NA\n")
	data.WriteString("uName,uCode")
	if p.times != nil {
		data.WriteString(",Time")
	}
	data.WriteString("," + strings.Join(names, ",") + "\n")
	for i, u := range p.units {
		data.WriteString("Unit " + u + "," + u)
		if p.times != nil {
			data.WriteString("," + p.times[i])
		}
		for _, name := range names {
			x := p.figures[name]
			switch {
			case x == nil:
				data.WriteString(",5")
			case math.IsNaN(x[i]):
				data.WriteString("," + gap)
			default:
				data.WriteString("," + strconv.FormatFloat(x[i], 'g', -1, 64))
			}
		}
		data.WriteString("\n")
	}
	p.meta, p.data = meta.String(), data.String()
}

// scores are COINr's: Denominate, Normalise over all rows, Aggregate.
func (p *coinrProject) scores(n *coinrNode, into map[string][]float64) []float64 {
	out := make([]float64, len(p.units))
	if n.level == 1 {
		copy(out, p.figures[n.code])
		low, high := math.Inf(1), math.Inf(-1)
		for i := range out {
			if n.by != "" {
				out[i] /= p.figures[n.by][i]
			}
			if n.lower {
				out[i] = -out[i]
			}
			if !math.IsNaN(out[i]) {
				low, high = min(low, out[i]), max(high, out[i])
			}
		}
		for i := range out {
			out[i] = (out[i] - low) / (high - low) * 100
		}
		into[n.code] = out
		return out
	}
	var below [][]float64
	for _, c := range n.children {
		below = append(below, p.scores(c, into))
	}
	for i := range out {
		sum, weights := 0.0, 0.0
		for k, c := range n.children {
			if x := below[k][i]; !math.IsNaN(x) {
				sum, weights = sum+c.weight*x, weights+c.weight
			}
		}
		out[i] = sum / weights // 0 / 0 where there is nothing
	}
	into[n.code] = out
	return out
}

// codes are the codes of the nodes of an imported document, by path.
func codes(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	m, list := checked(file, text)
	require.Empty(t, list, "%s", text)
	out := map[string]string{}
	for _, n := range m.Nodes {
		if code, ok := strings.CutSuffix(n.Description, " in COINr"); ok {
			out[n.Path] = code
		}
		if n.Level == check.Indicator {
			column, _, _ := strings.Cut(n.Formula.Text, " ")
			out[n.Path] = m.Column(column).Headers[0]
		}
	}
	return out
}

// The folder that the documentation shows is what the command makes.
func TestTheTourOfCOINrIsImported(t *testing.T) {
	tour, out := "../../testdata/tour/coinr", filepath.Join(t.TempDir(), "towns")
	exit, _, stderr := run(tour, nil, "import", "coinr", "--meta", "iMeta.csv", "--data", "iData.csv", "-o", out)
	require.Zero(t, exit, stderr)
	for _, name := range []string{"methodology.yaml", "data.csv"} {
		want, err := os.ReadFile(filepath.Join(tour, "towns", name))
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(out, name))
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got))
	}
}

func TestImportedProjectsScoreAsCOINrDoes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			holdAgainstCOINr(t, randomProject(rand.New(rand.NewPCG(seed, 1)), "", false))
		})
	}
}

func TestImportedPanelsScoreAsCOINrDoes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 2))
			holdAgainstCOINr(t, randomProject(r, []string{"NA", "", "NaN"}[r.IntN(3)], r.IntN(3) > 0))
		})
	}
}

func holdAgainstCOINr(t *testing.T, p *coinrProject) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "iMeta.csv"), []byte(p.meta), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "iData.csv"), []byte(p.data), 0o644))
	exit, _, stderr := run(dir, nil, "import", "coinr", "--meta", "iMeta.csv", "--data", "iData.csv", "-o", "out")
	require.Zero(t, exit, stderr)
	require.Empty(t, stderr)
	exit, stdout, _ := run(dir, nil, "validate", "out", "--fail-on", "warning")
	if strings.Contains(stdout, "[result/empty]") { // as it may be
		require.Contains(t, stdout, "1 document: 1 warning")
	} else {
		require.Zero(t, exit, stdout)
	}
	exit, stdout, stderr = run(dir, nil, "score", "out", "--format", "csv")
	require.Zero(t, exit, stderr)

	named := codes(t, filepath.Join(dir, "out", "methodology.yaml"))
	named["index"] = p.root.code
	want := map[string][]float64{}
	p.scores(p.root, want)
	at := map[[2]string]int{}
	for i, u := range p.units {
		at[[2]string{u, p.time(i)}] = i
	}
	records, err := csv.NewReader(strings.NewReader(stdout)).ReadAll()
	require.NoError(t, err)
	seen := 0
	for _, record := range records[1:] {
		code, ok := named[record[2]]
		if !ok {
			continue // a dimension that the document format asks for
		}
		seen++
		i, ok := at[[2]string{record[0], record[1]}]
		require.True(t, ok, record)
		x := want[code][i]
		if math.IsNaN(x) {
			assert.Empty(t, record[5], "%s of %v", code, record)
			continue
		}
		got, err := strconv.ParseFloat(record[5], 64)
		require.NoError(t, err, "%s of %v: want %v", code, record, x)
		assert.InDelta(t, x, got, 1e-12*max(1, math.Abs(x)), "%s of %v", code, record)
		if record[6] != "" {
			best, worst := p.places(want[code], i)
			rank, _ := strconv.Atoi(record[6])
			assert.True(t, best <= rank && rank <= worst, "%s of %v: the rank is from %d to %d", code, record, best, worst)
		} else {
			assert.NotEqual(t, "index", record[3])
		}
	}
	assert.Equal(t, len(p.nodes)*len(p.units), seen)
}

func (p *coinrProject) time(row int) string {
	if p.times == nil {
		return ""
	}
	return p.times[row]
}

// places are the ranks that a row can have: scores as near as rounding brings
// them may be in either order.
func (p *coinrProject) places(scores []float64, row int) (best, worst int) {
	best, worst = 1, 1
	near := 1e-11 * max(1, math.Abs(scores[row]))
	for i, x := range scores {
		if i == row || p.time(i) != p.time(row) || math.IsNaN(x) {
			continue
		}
		if x > scores[row]+near {
			best++
		}
		if x > scores[row]-near && x != scores[row] || x > scores[row] {
			worst++
		}
	}
	return best, max(best, worst)
}
