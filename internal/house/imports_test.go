package house

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rule says which arrows there must not be, and why. A name ending in /...
// means the package and everything below it; ... alone is everything.
type rule struct {
	from, except []string // whom it binds
	never        []string // what they must not import
	only         []string // or else all of ours that they may import
	tests        bool     // binds their tests, too
	because      string
}

// methods are the packages of one method a file.
var methods = []string{"engine/normalise", "engine/aggregate", "engine/rank", "engine/impute", "engine/treat", "engine/screen", "engine/band"}

// world is what reaches out of the process, or changes from run to run.
var world = []string{
	"os/...", "net", "net/http/...", "flag", "time", "log/...", "syscall", "path/filepath", "math/rand/...", "crypto/rand",
	"golang.org/x/term", "golang.org/x/sys/...",
}

// rules are read from the top: the first that an arrow breaks is reported.
var rules = []rule{
	{from: []string{"spec/..."}, never: []string{"engine/...", "cmd/..."},
		because: "spec says what a methodology means, whoever evaluates it: what a document says never depends on how it is done"},
	{from: []string{"engine/..."}, never: []string{"cmd/..."},
		because: "the engine is a library: the command shows what it does, not the other way round"},
	{from: []string{"..."}, never: []string{"internal/..."},
		because: "what keeps the house in order is no part of it"},
	{from: []string{"schemas", "methodologies", "docs/checks"}, only: []string{},
		because: "they are data; whoever needs them reads them"},

	{from: []string{"spec/source"}, only: []string{},
		because: "a place in a file is where everything else begins"},
	{from: []string{"spec/diag"}, only: []string{"spec/source"},
		because: "a finding needs a place and nothing else, so that every package can report one"},
	{from: []string{"spec/method"}, only: []string{},
		because: "a signature describes a method; it knows neither documents nor cells"},
	{from: []string{"engine/cell"}, only: []string{},
		because: "a vector of cells is the engine's smallest idea"},
	{from: []string{"engine/order", "engine/numeric"}, only: []string{"engine/cell"},
		because: "they are arithmetic on one column, and know nothing of units, rules or documents"},
	{from: methods, never: methods,
		because: "a method is read, tested and replaced alone; what two of them share belongs to engine/order, engine/numeric or engine/cell"},
	{from: methods, only: []string{"engine/cell", "engine/numeric", "engine/order", "spec/method"},
		because: "a method sees columns and its parameters, never a methodology or a data set"},

	{from: []string{"..."}, except: []string{"spec/expr"}, never: []string{"github.com/google/cel-go/...", "cel.dev/..."},
		because: "only spec/expr knows CEL: the dialect is defined in one place, and the library's change of home stays a change of one package"},
	{from: []string{"..."}, except: []string{"spec/tree"}, never: []string{"go.yaml.in/...", "gopkg.in/yaml.v2", "gopkg.in/yaml.v3", "github.com/goccy/go-yaml/...", "sigs.k8s.io/yaml/..."},
		because: "only spec/tree knows YAML: everything else sees nodes with places, and no reader is more lenient than another"},
	{from: []string{"..."}, except: []string{"spec/schema"}, never: []string{"github.com/santhosh-tekuri/jsonschema/..."},
		because: "only spec/schema knows JSON Schema, and says its errors in a person's words"},
	{from: []string{"..."}, except: []string{"engine/table"}, never: []string{"github.com/xuri/...", "github.com/parquet-go/..."},
		because: "only engine/table knows the formats of data files: everything else sees columns"},
	{from: []string{"..."}, except: []string{"cmd/..."}, never: []string{"github.com/knadh/koanf/...", "github.com/spf13/..."},
		because: "settings and flags belong to the command"},
	{from: []string{"spec/...", "engine/...", "schemas", "methodologies", "docs/checks"}, never: world,
		because: "only cmd knows paths, clocks, randomness, networks and terminals: same document and data, same result"},
	{from: []string{"..."}, never: []string{"github.com/stretchr/testify/...", "github.com/rogpeppe/go-internal/...", "testing/..."},
		because: "only tests know test libraries"},
	{from: []string{"..."}, never: []string{"C"}, tests: true,
		because: "one static binary, cross-compiled to every system: no cgo"},
}

func matches(name string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		base, below := strings.CutSuffix(p, "...")
		base = strings.TrimSuffix(base, "/")
		return name == base || below && (base == "" || strings.HasPrefix(name, base+"/"))
	})
}

func (r rule) broken(a arrow) bool {
	if a.Test && !r.tests || !matches(a.From, r.from) || matches(a.From, r.except) {
		return false
	}
	if r.only != nil {
		return a.Ours && !matches(a.To, r.only)
	}
	return a.To != a.From && matches(a.To, r.never)
}

// backward lists the arrows that no rule allows, with the reason.
func backward(arrows []arrow) []string {
	var out []string
	for _, a := range arrows {
		for _, r := range rules {
			if r.broken(a) {
				out = append(out, fmt.Sprintf("%s: %s must not import %s: %s", a.At, a.From, a.To, r.because))
				break
			}
		}
	}
	return out
}

func TestNoImportRunsBack(t *testing.T) {
	var arrows []arrow
	for _, p := range readProject(t).Packages {
		arrows = append(arrows, p.Arrows...)
	}
	for _, finding := range backward(arrows) {
		t.Error(finding)
	}
}

// The rules bite: each of these arrows is refused, for its own reason.
func TestAnImportThatRunsBackIsRefused(t *testing.T) {
	ours := func(from, to string) arrow { return arrow{From: from, To: to, Ours: true, At: "x.go:1"} }
	other := func(from, to string) arrow { return arrow{From: from, To: to, At: "x.go:1"} }
	forward := []arrow{
		ours("cmd/rubric/internal/cli", "engine"), ours("cmd/rubric/internal/cli", "spec/check"), ours("engine", "spec/check"),
		ours("engine", "engine/normalise"), ours("engine/normalise", "engine/order"), ours("engine/normalise", "spec/method"),
		ours("engine/order", "engine/cell"), ours("spec/check", "spec/expr"), ours("spec/diag", "spec/source"),
		ours("spec/schema", "schemas"), other("spec/expr", "github.com/google/cel-go/cel"), other("spec/tree", "go.yaml.in/yaml/v4"),
		other("spec/schema", "github.com/santhosh-tekuri/jsonschema/v5"), other("cmd/rubric/internal/cli", "github.com/spf13/cobra"),
		other("cmd/rubric/internal/cli", "os"), other("cmd/rubric/internal/cli", "time"), other("spec", "fmt"),
		{From: "spec/check", To: "engine", Ours: true, Test: true}, {From: "engine", To: "github.com/stretchr/testify/require", Test: true},
	}
	assert.Empty(t, backward(forward))
	for _, c := range []struct {
		arrow arrow
		why   string
	}{
		{ours("spec/check", "engine/normalise"), "whoever evaluates it"},
		{ours("spec", "engine"), "whoever evaluates it"},
		{ours("spec/tree", "cmd/rubric/internal/cli"), "whoever evaluates it"},
		{ours("engine/report", "cmd/rubric/internal/cli"), "the engine is a library"},
		{ours("engine", "internal/house"), "no part of it"},
		{ours("schemas", "spec/source"), "they are data"},
		{ours("docs/checks", "spec/diag"), "they are data"},
		{ours("spec/source", "spec/diag"), "where everything else begins"},
		{ours("spec/diag", "spec/tree"), "needs a place and nothing else"},
		{ours("spec/method", "spec/expr"), "describes a method"},
		{ours("engine/cell", "spec/method"), "smallest idea"},
		{ours("engine/order", "engine/numeric"), "arithmetic on one column"},
		{ours("engine/numeric", "spec/diag"), "arithmetic on one column"},
		{ours("engine/normalise", "engine/aggregate"), "read, tested and replaced alone"},
		{ours("engine/rank", "engine/normalise"), "read, tested and replaced alone"},
		{ours("engine/treat", "engine/dataset"), "columns and its parameters"},
		{other("spec/check", "github.com/google/cel-go/common/types"), "only spec/expr knows CEL"},
		{other("engine/formula", "cel.dev/cel-go/cel"), "only spec/expr knows CEL"},
		{other("spec/check", "go.yaml.in/yaml/v4"), "only spec/tree knows YAML"},
		{other("cmd/rubric/internal/cli", "gopkg.in/yaml.v3"), "only spec/tree knows YAML"},
		{other("spec", "github.com/santhosh-tekuri/jsonschema/v5"), "only spec/schema knows JSON Schema"},
		{other("spec", "github.com/knadh/koanf/v2"), "settings and flags"},
		{other("engine", "github.com/spf13/cobra"), "settings and flags"},
		{other("engine/table", "os"), "same document and data"},
		{other("engine", "time"), "same document and data"},
		{other("spec/tree", "net/http"), "same document and data"},
		{other("engine/report", "golang.org/x/term"), "same document and data"},
		{other("engine/report", "math/rand/v2"), "same document and data"},
		{other("engine/cell", "github.com/stretchr/testify/assert"), "only tests"},
		{other("cmd/rubric", "C"), "no cgo"},
		{arrow{From: "engine", To: "C", Test: true}, "no cgo"},
	} {
		t.Run(strings.ReplaceAll(c.arrow.From+"_to_"+c.arrow.To, "/", "."), func(t *testing.T) {
			found := backward(append(slices.Clone(forward), c.arrow))
			require.Len(t, found, 1)
			assert.Contains(t, found[0], c.why)
		})
	}
}

// Every package says what it is.
func TestEveryPackageHasAComment(t *testing.T) {
	for _, p := range readProject(t).Packages {
		if p.hasCode {
			assert.NotEmpty(t, p.Idea, "%s has no package comment", p.Path)
		}
	}
}
