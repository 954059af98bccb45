package trace

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"rubric/engine/report"
)

// written is a cell's number with the decimals that its column is written with,
// as far as that neither hides a digit nor invents a precision.
func written(x float64, decimals int) string {
	shortest := report.Number(x)
	padded := strconv.FormatFloat(x, 'f', decimals, 64)
	if y, err := strconv.ParseFloat(padded, 64); err != nil || y != x || decimals > 6 {
		return shortest
	}
	return padded
}

// significant is a number for a person: up to six significant digits, and all
// those before the decimal point.
func significant(x float64) string {
	a := math.Abs(x)
	switch {
	case a >= 1e15 || a != 0 && a < 1e-4:
		return strconv.FormatFloat(x, 'g', 6, 64)
	case a >= 1e5:
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	places := 5 // behind the first digit
	if a != 0 {
		places = 5 - int(math.Floor(math.Log10(a)))
	}
	return trimZeros(strconv.FormatFloat(x, 'f', places, 64))
}

func trimZeros(s string) string {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}

// percent is a share in hundredths, with two decimals.
func percent(x float64) string { return strconv.FormatFloat(x*100, 'f', 2, 64) + " %" }

// decimals is how many decimals a column of scores is written with: as many as
// they need, within five significant digits of the largest.
func decimals(scores ...float64) int {
	largest := 0.0
	for _, x := range scores {
		largest = max(largest, math.Abs(x))
	}
	most, need := 4, 0
	switch {
	case largest >= 100:
		most = 2
	case largest >= 10:
		most = 3
	}
	for _, x := range scores {
		_, behind, _ := strings.Cut(trimZeros(strconv.FormatFloat(x, 'f', most, 64)), ".")
		need = max(need, len(behind))
	}
	return need
}

func fixed(x float64, decimals int) string {
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-")
	}
	return s
}

// short is a single score.
func short(x float64) string { return fixed(x, decimals(x)) }

// ordinal is 1st, 2nd, 3rd, 4th.
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprint(n) + suffix
}

// listed joins words as a sentence does.
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
