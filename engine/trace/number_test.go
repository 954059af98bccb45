package trace

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNumbersForAPerson(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 3: "3", -3: "-3", 0.09374: "0.09374", 204574.3271: "204574", 12345678: "12345678", 1234567.8: "1234568",
		1.0 / 3: "0.333333", 100.041666: "100.042", 0.000012345678: "1.23457e-05", 1e300: "1e+300", 2.50: "2.5", 99999.96: "100000",
	} {
		assert.Equal(t, want, significant(x))
	}
	assert.Equal(t, "36801.90", written(36801.9, 2))
	assert.Equal(t, "36801.9", written(36801.9, 0), "no digit is hidden")
	assert.Equal(t, "0.1", written(0.1, 17), "no precision is invented")
	assert.Equal(t, "9.37 %", percent(0.09373999711971392))
	assert.Equal(t, []string{"1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "111th", "112th", "123rd"},
		[]string{ordinal(1), ordinal(2), ordinal(3), ordinal(4), ordinal(11), ordinal(12), ordinal(13), ordinal(21), ordinal(111), ordinal(112), ordinal(123)})
	assert.Equal(t, 2, decimals(0.1+0.2, 333.123456))
	assert.Equal(t, 1, decimals(0.1+0.2))
	assert.Equal(t, 0, decimals(60, 45))
	assert.Equal(t, "0.0", fixed(-0.04, 1))
	assert.Equal(t, "a, b and c", listed([]string{"a", "b", "c"}))
}

// 1/3 + 1/3 + 1/3, printed with two decimals: 0.33 three times is not 1.00.
func TestResidualOfPrintedTerms(t *testing.T) {
	assert.Equal(t, "0.01", residual("1.00", []string{"0.33", "0.33", "0.33"}, 2))
	assert.Equal(t, "-0.01", residual("2.00", []string{"0.67", "0.67", "0.67"}, 2))
	assert.Equal(t, "", residual("135", []string{"60", "45", "30", "–"}, 0))
}

func TestTextIsWrappedAtSpaces(t *testing.T) {
	assert.Equal(t, []string{"one two", "three", "fourteenth"}, wrapped("one two three fourteenth", 8, 6))
	assert.Equal(t, []string{"one two three"}, wrapped("one two three", 0, 0))
	assert.Equal(t, []string{"深圳 广州", "上海"}, wrapped("深圳 广州 上海", 9, 9), "wide characters count twice")
}

// N = 4, values 9 7 7 3, as normalise.RankPoints and AscendingRank have them by hand.
func TestArithmeticOfTies(t *testing.T) {
	second := Standing{Units: 4, Better: 1, Tied: 1, Worse: 1, DistinctBetter: 1, DistinctWorse: 1}
	for _, c := range []struct {
		method, ties, terms string
		score               float64
	}{
		{"rank_points", "high", "4 − 1", 3},
		{"rank_points", "low", "1 + 1", 2},
		{"rank_points", "mean", "(3 + 2) / 2", 2.5},
		{"rank_points", "dense", "4 − 1", 3},
		{"ascending_rank", "high", "1 + 2", 3},
		{"ascending_rank", "low", "1 + 1", 2},
		{"ascending_rank", "mean", "(3 + 2) / 2", 2.5},
		{"ascending_rank", "dense", "1 + 1", 2},
	} {
		terms, score := arithmetic(c.method, c.ties, second)
		assert.Equal(t, c.terms, terms, c.method+" "+c.ties)
		assert.Equal(t, c.score, score, c.method+" "+c.ties)
	}
	// Two more units without a figure, floored: they stand behind all others.
	floored := second
	floored.Units, floored.Missing = 6, 2
	terms, score := arithmetic("rank_points", "low", floored)
	assert.Equal(t, "1 + 3", terms)
	assert.Equal(t, 4.0, score)
}

func TestNegativeNumbersInAFormula(t *testing.T) {
	assert.True(t, operand("a - ", ""))
	assert.True(t, operand("2 * ", " / 3"))
	assert.True(t, operand("", " * 3"))
	assert.False(t, operand("", ""))
	assert.False(t, operand("max(", ", 2)"))
	assert.False(t, operand("", " - 2"))
}
