package main_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/require"

	"rubric/cmd/rubric/internal/cli"
)

// Whatever is written as SARIF is what the standard says.
func TestSARIFIsOfTheStandard(t *testing.T) {
	text, err := os.ReadFile("../../spec/diag/testdata/sarif-schema-2.1.0.json")
	require.NoError(t, err)
	schema := jsonschema.MustCompileString("sarif.json", string(text))
	for command, results := range map[string]int{
		"validate testdata/tour/wrong.yaml": 3,
		"compare testdata/tour/small.yaml testdata/tour/second.yaml --approvals testdata/tour/approvals.yaml": 2,
		"compare freedom-in-the-world/2013 freedom-in-the-world/2024":                                         0,
	} {
		var out, diagnostics bytes.Buffer
		cli.Run(append(strings.Fields(command), "--format", "sarif"), cli.System{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &diagnostics, Dir: "../.."})
		var value any
		require.NoError(t, json.Unmarshal(out.Bytes(), &value), diagnostics.String())
		require.NoError(t, schema.Validate(value), command)
		if results > 0 {
			require.Len(t, value.(map[string]any)["runs"].([]any)[0].(map[string]any)["results"], results, command)
		}
	}
}
