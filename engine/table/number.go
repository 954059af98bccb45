package table

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// The powers of ten that a double holds exactly. A mantissa below 2^53 times
// or over one of them is rounded once, hence correctly (W. D. Clinger, "How to
// Read Floating Point Numbers Accurately", PLDI 1990).
var pow10 = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

const (
	exact       = 1 << 53 // whole numbers below are doubles
	maxDecimals = 20
)

// number is a text that was read as one.
type number struct {
	value    float64
	decimals int
	mark     byte // the decimal mark it was written with, 0: none
	grouped  bool // the mark stands where a thousands separator would: 1,234
}

// The ways of not being a number.
var (
	errNumber = errors.New("not a number")
	errRange  = errors.New("too large")
)

// parse reads a decimal number and gives the double that strconv.ParseFloat
// gives. NaN, infinities, hexadecimal digits and underscores are not numbers.
// With comma, a comma may stand for the decimal point.
//
//	[+-] digits [. digits] [(e|E) [+-] digits]
func parse(text []byte, comma bool) (number, error) {
	var (
		n               number
		i               int
		mantissa        uint64
		whole, fraction int
	)
	if i < len(text) && (text[i] == '-' || text[i] == '+') {
		i++
	}
	start := i
	for ; i < len(text) && isDigit(text[i]); i++ {
		mantissa = mantissa*10 + uint64(text[i]-'0')
		whole++
	}
	if i < len(text) && (text[i] == '.' || comma && text[i] == ',') {
		n.mark = text[i]
		for i++; i < len(text) && isDigit(text[i]); i++ {
			mantissa = mantissa*10 + uint64(text[i]-'0')
			fraction++
		}
	}
	if whole+fraction == 0 {
		return n, errNumber
	}
	exponent, rest, ok := exponentOf(text[i:])
	if !ok || rest != 0 {
		return n, errNumber
	}
	n.grouped = n.mark != 0 && i == len(text) && whole >= 1 && whole <= 3 && fraction == 3 && text[start] != '0'
	n.decimals = min(max(fraction-exponent, 0), maxDecimals)

	power := exponent - fraction
	if whole+fraction <= 19 && mantissa < exact && power >= -22 && power <= 22 {
		n.value = float64(mantissa)
		if power < 0 {
			n.value /= pow10[-power]
		} else {
			n.value *= pow10[power]
		}
		if text[0] == '-' {
			n.value = -n.value
		}
		return n, nil
	}
	written := string(text)
	if n.mark == ',' {
		written = strings.Replace(written, ",", ".", 1)
	}
	value, err := strconv.ParseFloat(written, 64)
	if err != nil || math.IsInf(value, 0) {
		return n, errRange
	}
	n.value = value
	return n, nil
}

// exponentOf reads an exponent, where there is one, and says how much of the
// text is left after it. Exponents beyond a million are cut: they are as
// good as infinite.
func exponentOf(text []byte) (exponent, rest int, ok bool) {
	if len(text) == 0 || text[0]|0x20 != 'e' {
		return 0, len(text), true
	}
	i, sign := 1, 1
	if i < len(text) && (text[i] == '-' || text[i] == '+') {
		if text[i] == '-' {
			sign = -1
		}
		i++
	}
	digits := i
	for ; i < len(text) && isDigit(text[i]); i++ {
		exponent = min(exponent*10+int(text[i]-'0'), 1e6)
	}
	return sign * exponent, len(text) - i, i > digits
}

func isDigit(c byte) bool { return c-'0' <= 9 }
