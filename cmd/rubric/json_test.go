package main_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/require"

	"rubric/cmd/rubric/internal/cli"
	"rubric/schemas"
)

// Whatever is written as JSON has its schema.
func TestJSONHasItsSchema(t *testing.T) {
	t.Parallel()
	for command, name := range map[string]string{
		"score cities-of-opportunity/2025":                                                                            "result",
		"score cities-of-opportunity/2025 --level dimension,index":                                                    "result",
		"score testdata/tour/small.yaml":                                                                              "result",
		"explain cities-of-opportunity/2025 shenzhen":                                                                 "trace",
		"explain cities-of-opportunity/2025 weifang fiscal_self_sufficiency_capacity":                                 "trace",
		"explain cities-of-opportunity/2025 shenzhen government_debt_burden":                                          "trace",
		"explain cities-of-opportunity/2025 ningbo urban_collaboration_capacity":                                      "trace",
		"explain testdata/tour/small.yaml denham":                                                                     "trace",
		"explain testdata/tour/small.yaml denham debt_burden":                                                         "trace",
		"score testdata/tour/panel.yaml":                                                                              "result",
		"explain testdata/tour/panel.yaml ash":                                                                        "trace",
		"explain testdata/tour/panel.yaml ash gap":                                                                    "trace",
		"explain testdata/tour/panel.yaml birch health/expectancy --period 2024":                                      "trace",
		"stats cities-of-opportunity/2025":                                                                            "stats",
		"stats testdata/tour/panel.yaml --period 2023":                                                                "stats",
		"plan cities-of-opportunity/2025 --weights":                                                                   "weights",
		"verify cities-of-opportunity/2025":                                                                           "verification",
		"verify cities-of-opportunity/2025 --given testdata/tour/one_score_changed.csv":                               "verification",
		"validate cities-of-opportunity/2025":                                                                         "findings",
		"validate testdata/tour/wrong.yaml":                                                                           "findings",
		"data check cities-of-opportunity/2025":                                                                       "profile",
		"data check testdata/tour/coinr/towns":                                                                        "profile",
		"data check testdata/tour/small.yaml --data testdata/tour/wrong.yaml":                                         "profile",
		"compare cities-of-opportunity/2025 cities-of-opportunity/2025":                                               "comparison",
		"compare freedom-in-the-world/2017 freedom-in-the-world/2018":                                                 "comparison",
		"compare testdata/tour/small.yaml testdata/tour/small.yaml":                                                   "comparison",
		"grid testdata/tour/small.yaml testdata/tour/second.yaml":                                                     "grid",
		"grid testdata/tour/small.yaml --data a=testdata/tour/small.csv --data b=testdata/tour/one_score_changed.csv": "grid",
		"grid testdata/tour/panel.yaml --data testdata/tour/panel.csv --period all":                                   "grid",
		"prove testdata/tour/small.yaml testdata/tour/small.yaml":                                                     "proof",
		"prove testdata/tour/small.yaml testdata/tour/second.yaml":                                                    "proof",
		"prove freedom-in-the-world/2017 freedom-in-the-world/2018":                                                   "proof",
		"compare testdata/tour/small.yaml testdata/tour/second.yaml --approvals testdata/tour/approvals.yaml":         "comparison",
		"test testdata/tour/suite.yaml --coverage":                                                                    "tests",
		"test cities-of-opportunity/2025 --run published":                                                             "tests",
		"test testdata/tour/wrong_suite.yaml":                                                                         "tests",
		"checks":                                                                                                      "checks",
		"checks edition":                                                                                              "checks",
		"checks sense/idle":                                                                                           "checks",
		"validate testdata/tour/small.yaml":                                                                           "findings",
		"compare testdata/tour/compare/2024 testdata/tour/compare/2025 --why --order data":                            "comparison",
		"compare testdata/tour/small.yaml testdata/tour/small.yaml --why":                                             "comparison",
	} {
		t.Run(command, func(t *testing.T) {
			var out, diagnostics bytes.Buffer
			cli.Run(append(strings.Fields(command), "--format", "json"), cli.System{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &diagnostics, Dir: "../.."})
			text, err := schemas.FS.ReadFile(name + ".v1.schema.json")
			require.NoError(t, err)
			schema, err := jsonschema.CompileString(name, string(text))
			require.NoError(t, err)
			var value any
			d := json.NewDecoder(&out)
			d.UseNumber()
			require.NoError(t, d.Decode(&value), diagnostics.String())
			require.NoError(t, schema.Validate(value))
		})
	}
}
