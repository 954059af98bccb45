package expr

import (
	"math"

	"rubric/spec/decimal"
)

// Function is a function over numbers. Apply is what both the interpreter and
// the engine call, so that they agree to the last bit: it returns a reason when
// it has no value, and never returns NaN or an infinity together with "".
type Function struct {
	Name     string
	Min, Max int // number of arguments
	Doc      string
	Apply    func(args []float64) (y float64, reason string)
}

// maxArity is the most arguments a function takes: CEL has no variadic ones, so
// each arity is an overload.
const maxArity = 8

// The reasons of domain errors.
const (
	divisionByZero = "division by zero"
	overflow       = "the result is too large for a number"
)

// Functions is the catalogue of functions over numbers, besides coalesce,
// is_missing, lookup and the aggregates.
var Functions = []*Function{
	{"abs", 1, 1, "the number without its sign", func(a []float64) (float64, string) { return math.Abs(a[0]), "" }},
	{"ceil", 1, 1, "the least whole number that is not smaller", func(a []float64) (float64, string) { return math.Ceil(a[0]), "" }},
	{"clamp", 3, 3, "x held between low and high", func(a []float64) (float64, string) {
		if a[1] > a[2] {
			return 0, "clamp has its low bound above its high one"
		}
		return math.Max(a[1], math.Min(a[2], a[0])), ""
	}},
	{"exp", 1, 1, "e to the power x", func(a []float64) (float64, string) { return finite(math.Exp(a[0])) }},
	{"floor", 1, 1, "the greatest whole number that is not larger", func(a []float64) (float64, string) { return math.Floor(a[0]), "" }},
	{"ln", 1, 1, "the natural logarithm", func(a []float64) (float64, string) {
		if a[0] <= 0 {
			return 0, "logarithm of a number that is not positive"
		}
		return math.Log(a[0]), ""
	}},
	{"log10", 1, 1, "the logarithm to base 10", func(a []float64) (float64, string) {
		if a[0] <= 0 {
			return 0, "logarithm of a number that is not positive"
		}
		return math.Log10(a[0]), ""
	}},
	{"max", 2, maxArity, "the largest of its arguments", func(a []float64) (float64, string) {
		m := a[0]
		for _, x := range a[1:] {
			if x > m {
				m = x
			}
		}
		return m, ""
	}},
	{"min", 2, maxArity, "the smallest of its arguments", func(a []float64) (float64, string) {
		m := a[0]
		for _, x := range a[1:] {
			if x < m {
				m = x
			}
		}
		return m, ""
	}},
	{"pow", 2, 2, "x to the power y", func(a []float64) (float64, string) {
		if a[0] == 0 && a[1] < 0 {
			return 0, divisionByZero
		}
		y := math.Pow(a[0], a[1])
		if math.IsNaN(y) {
			return 0, "a negative number to a fractional power"
		}
		return finite(y)
	}},
	{"round", 1, 2, "x rounded half away from zero on its decimal digits, to a whole number or to so many decimals", func(a []float64) (float64, string) {
		if len(a) == 1 {
			return decimal.HalfUp(a[0], 0), ""
		}
		if a[1] != math.Trunc(a[1]) || math.Abs(a[1]) > 300 {
			return 0, "round takes a whole number of decimals"
		}
		return finite(decimal.HalfUp(a[0], int(a[1])))
	}},
	{"sqrt", 1, 1, "the square root", func(a []float64) (float64, string) {
		if a[0] < 0 {
			return 0, "square root of a negative number"
		}
		return math.Sqrt(a[0]), ""
	}},
}

// AggregateFunctions is the catalogue of aggregates over a column: each skips
// missing cells and runs over the ranked units.
var AggregateFunctions = []struct{ Name, Doc string }{
	{"count", "how many units have a value"},
	{"highest", "the largest value"},
	{"lowest", "the smallest value"},
	{"mean", "the arithmetic mean"},
	{"median", "the middle value; the mean of the two middle ones"},
	{"quantile", "the value at a probability, by linear interpolation (type 7 of Hyndman and Fan)"},
	{"sd", "the sample standard deviation"},
	{"total", "the sum"},
}

// finite turns an infinity into the reason for it.
func finite(x float64) (float64, string) {
	if math.IsInf(x, 0) {
		return 0, overflow
	}
	return x, ""
}

// function finds a function over numbers by name.
func function(name string) *Function {
	for _, f := range Functions {
		if f.Name == name {
			return f
		}
	}
	return nil
}

func isAggregate(name string) bool {
	for _, a := range AggregateFunctions {
		if a.Name == name {
			return true
		}
	}
	return false
}

// FunctionNames lists everything that can be called, for suggestions.
func FunctionNames() []string {
	names := []string{"coalesce", "is_missing", "lookup"}
	for _, f := range Functions {
		names = append(names, f.Name)
	}
	for _, a := range AggregateFunctions {
		names = append(names, a.Name)
	}
	return names
}
