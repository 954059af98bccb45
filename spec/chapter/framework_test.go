package chapter_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rubric/spec/chapter"
)

// framework are the columns of the report's table, and those of ours that say the same.
var framework = []struct{ theirs, ours string }{
	{"dimension", "Dimension"}, {"variable", "Variable"}, {"indicator", "Indicator"}, {"data_year", "Year"}, {"source", "Source"},
}

// The chapter of Chinese Cities of Opportunity 2025 has the table of the report
// itself: all 66 indicators in its order, with dimension, variable, title, year and
// source. Where the document says it otherwise, testdata/differences-2025.csv has what
// it says and why; a difference that is not there, and one that is no longer, fails.
// The report prints no units of measurement: ours are held only by the chapter that is
// committed.
func TestTheTableIsThatOfTheReport(t *testing.T) {
	c := chapterOf(t, "cities-of-opportunity/2025", "")
	rows := tableRows(t, indicatorTable(t, c))
	theirs := records(t, "testdata/framework-2025.csv")
	require.Len(t, theirs, 66)
	require.Len(t, rows, 66)
	known := map[[2]string]map[string]string{}
	for _, d := range records(t, "testdata/differences-2025.csv") {
		require.NotEmpty(t, d["reason"], "%v", d)
		known[[2]string{d["no"], d["column"]}] = d
	}
	found := 0
	for i, row := range rows {
		assert.Equal(t, theirs[i]["no"], row["No."])
		for _, column := range framework {
			want, have := theirs[i][column.theirs], row[column.ours]
			d, differs := known[[2]string{theirs[i]["no"], column.theirs}]
			switch {
			case differs && have == want:
				t.Errorf("no. %d: %s is listed as a difference, and is none", i+1, column.theirs)
			case differs:
				found++
				assert.Equal(t, d["ours"], have, "no. %d: %s", i+1, column.theirs)
			default:
				assert.Equal(t, want, have, "no. %d: %s", i+1, column.theirs)
			}
		}
	}
	assert.Equal(t, len(known), found, "listed differences")
}

// indicatorTable is the table of indicators of a chapter.
func indicatorTable(t *testing.T, c *chapter.Chapter) chapter.Table {
	t.Helper()
	for _, s := range c.Sections {
		for _, x := range s.Blocks {
			if table, ok := x.(chapter.Table); ok && table.By >= 0 {
				return table
			}
		}
	}
	t.Fatal("the chapter has no table of indicators")
	return chapter.Table{}
}

// tableRows are rows by the heads of their columns; what is the same as above is said
// again.
func tableRows(t *testing.T, table chapter.Table) (out []map[string]string) {
	t.Helper()
	for i, r := range table.Rows {
		require.Len(t, r.Cells, len(table.Head))
		row := map[string]string{}
		for k, c := range r.Cells {
			row[table.Head[k].Title] = c.Text.String()
			if c.Same {
				row[table.Head[k].Title] = out[i-1][table.Head[k].Title]
			}
		}
		out = append(out, row)
	}
	return out
}

// records are the rows of a CSV file by its header.
func records(t *testing.T, name string) (out []map[string]string) {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	all, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	require.NoError(t, err)
	for _, r := range all[1:] {
		row := map[string]string{}
		for i, head := range all[0] {
			row[head] = r[i]
		}
		out = append(out, row)
	}
	return out
}
