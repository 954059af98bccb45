package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// reference is a file of the reference data, which the project does not carry.
func reference(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("RUBRIC_REFERENCE")
	if dir == "" {
		t.Skip("RUBRIC_REFERENCE names no folder of reference data")
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

// verified recomputes a methodology from a file of data, holds it against a file
// of published figures, and counts those that are equal; any other fails.
func verified(t *testing.T, methodology, data, published string) map[string]int {
	t.Helper()
	return verifiedFiles(t, methodology, reference(t, data), reference(t, published))
}

func verifiedFiles(t *testing.T, methodology, data, published string) map[string]int {
	t.Helper()
	exit, stdout, stderr := run("", nil, "verify", methodology, "--data", data, "--published", published, "--format", "json")
	require.Zero(t, exit, "%s\n%s", stdout, stderr)
	var out struct {
		Published []struct {
			Counts []struct {
				Level, Figure            string
				Figures, Equal, Known    int
				Unexplained, NotComputed int
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &out))
	counts := map[string]int{}
	for _, table := range out.Published {
		for _, c := range table.Counts {
			require.Equal(t, c.Figures, c.Equal, "%s %s", c.Level, c.Figure)
			counts[c.Level+" "+c.Figure] += c.Equal
		}
	}
	return counts
}

func TestHumanDevelopmentIsWhatWasPublished(t *testing.T) {
	const dir, m = "human-development-2023-24/", "human-development/2023-24"
	require.Equal(t, map[string]int{
		"dimension band":  192,                         // groups
		"dimension score": 193 + 2*182,                 // HDI; by sex
		"dimension rank":  193,                         // HDI
		"derived score":   2*182 + 3*165 + 166 + 3*154, // GDI, group; IHDI, coefficient, loss; GII; PHDI, two differences
		"derived rank":    166,                         // GII
	}, verified(t, m, dir+"data.csv", dir+"published.csv"))
	require.Equal(t, map[string]int{"dimension score": 5808}, verified(t, m, dir+"timeseries_hdi_1990_2022.csv", dir+"timeseries_hdi_1990_2022.csv"))
	require.Equal(t, map[string]int{"dimension score": 363}, verified(t, m+"-groups", dir+"aggregates_hdi_1990_2022.csv", dir+"aggregates_hdi_1990_2022.csv"))
}

// UNDP's own file is Latin-1, has the year in the headers, a column without one,
// and groups of countries among the countries. The reference data have its cells
// in four files; put together again they are what a person downloads.
func TestHumanDevelopmentReadsTheOfficialFile(t *testing.T) {
	official := newWide()
	for _, f := range []struct{ name, key string }{
		{"data.csv", "iso3"}, {"published.csv", "iso3"}, {"timeseries_hdi_1990_2022.csv", "iso3"}, {"aggregates_hdi_1990_2022.csv", "group"},
	} {
		official.add(t, reference(t, "human-development-2023-24/"+f.name), f.key)
	}
	file := filepath.Join(t.TempDir(), "HDR23-24_Composite_indices_complete_time_series.csv")
	require.NoError(t, os.WriteFile(file, official.latin1(t), 0o644))
	require.Equal(t, map[string]int{
		"dimension band":  192,
		"dimension score": 5808 + 2*182,
		"dimension rank":  193,
		"derived score":   2*182 + 3*165 + 166 + 3*154,
		"derived rank":    166,
	}, verifiedFiles(t, "human-development/2023-24", file, file))
	require.Equal(t, map[string]int{"dimension score": 363}, verifiedFiles(t, "human-development/2023-24-groups", file, file))
}

// wide is a table with a row a unit and a column a quantity and year.
type wide struct {
	headers, units []string
	cells          map[[2]string]string // by unit and header
}

func newWide() *wide {
	return &wide{headers: []string{"iso3"}, cells: map[[2]string]string{}}
}

// add takes in a table of one year, 2022, or one with a column of years.
func (w *wide) add(t *testing.T, file, key string) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, row := range rowsOf(t, string(text)) {
		unit := row[key]
		if !slices.Contains(w.units, unit) {
			w.units = append(w.units, unit)
		}
		for _, quantity := range slices.Sorted(maps.Keys(row)) {
			header := quantity
			switch year := row["year"]; {
			case quantity == key || quantity == "year":
				continue
			case quantity == "country" || quantity == "region" || quantity == "hdicode":
			case year != "":
				header += "_" + year
			default:
				header += "_2022"
			}
			if !slices.Contains(w.headers, header) {
				w.headers = append(w.headers, header)
			}
			w.cells[[2]string{unit, header}] = row[quantity]
		}
	}
}

func (w *wide) latin1(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	require.NoError(t, out.Write(w.headers))
	for _, unit := range w.units {
		line := []string{unit}
		for _, header := range w.headers[1:] {
			line = append(line, w.cells[[2]string{unit, header}])
		}
		require.NoError(t, out.Write(line))
	}
	out.Flush()
	text, err := charmap.ISO8859_1.NewEncoder().Bytes(b.Bytes())
	require.NoError(t, err)
	return text
}

func TestFreedomInTheWorldIsWhatWasPublished(t *testing.T) {
	const dir = "freedom-in-the-world-2013-2024/"
	want := func(rows int) map[string]int {
		return map[string]int{"dimension score": 9 * rows, "index score": rows, "derived score": 2 * rows, "derived band": rows}
	}
	total := 0
	for year := 2013; year <= 2024; year++ {
		counts := verified(t, fmt.Sprintf("freedom-in-the-world/%d", year), dir+"data.csv", dir+"published.csv")
		rows := counts["index score"]
		require.Equal(t, want(rows), counts, year)
		total += rows
	}
	require.Equal(t, 2515, total)
	require.Equal(t, want(2515), verified(t, "freedom-in-the-world/base", dir+"data.csv", dir+"published.csv"))
}

// Freedom House's own workbook has an index sheet before the data, an explanation
// above the headers, headers of its own, and results beside the answers. The
// reference data have its cells in two files; put together again they are what a
// person downloads.
func TestFreedomInTheWorldReadsTheOfficialFile(t *testing.T) {
	t.Parallel()
	names := map[string]string{
		"country": "Country/Territory", "region": "Region", "country_or_territory": "C/T?", "edition": "Edition", "add_q": "Add Q", "add_a": "Add A",
		"total": "Total", "pr_rating": "PR rating", "cl_rating": "CL rating", "status": "Status",
	}
	const sheet = "FIW13-24"
	book := excelize.NewFile()
	require.NoError(t, book.SetSheetName("Sheet1", "Index"))
	require.NoError(t, book.SetCellValue("Index", "A1", "Key"))
	_, err := book.NewSheet(sheet)
	require.NoError(t, err)
	require.NoError(t, book.SetCellValue(sheet, "A1", "Freedom in the World 2013-2024"))
	put := func(column, row int, text string) {
		cell, err := excelize.CoordinatesToCellName(column, row)
		require.NoError(t, err)
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			require.NoError(t, book.SetCellFloat(sheet, cell, x, -1, 64))
		} else if text != "" {
			require.NoError(t, book.SetCellStr(sheet, cell, text))
		}
	}
	column, row := map[string]int{}, map[string]int{}
	for _, name := range []string{"data.csv", "published.csv"} {
		text, err := os.ReadFile(reference(t, "freedom-in-the-world-2013-2024/"+name))
		require.NoError(t, err)
		headers, _, _ := strings.Cut(string(text), "\n")
		for _, h := range strings.Split(strings.TrimSpace(headers), ",") {
			if column[h] == 0 {
				column[h] = len(column) + 1
				put(column[h], 2, cmp.Or(names[h], h))
			}
		}
		for _, cells := range rowsOf(t, string(text)) {
			key := cells["country"] + " " + cells["edition"]
			if row[key] == 0 {
				row[key] = len(row) + 3
			}
			for h, text := range cells {
				if h == "add_a" && text == "" {
					text = "N/A"
				}
				put(column[h], row[key], text)
			}
		}
	}
	file := filepath.Join(t.TempDir(), "All_data_FIW_2013-2024.xlsx")
	require.NoError(t, book.SaveAs(file))
	for edition, rows := range map[string]int{"base": 2515, "2013": 209, "2024": 210} {
		counts := verifiedFiles(t, "freedom-in-the-world/"+edition, file, file)
		require.Equal(t, map[string]int{"dimension score": 9 * rows, "index score": rows, "derived score": 2 * rows, "derived band": rows}, counts, edition)
	}
}
