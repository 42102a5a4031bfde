package quantity

import (
	"math"
	"strconv"
	"strings"
)

// tidy returns text without what differs only in print: it trims, turns
// typographic spaces into plain ones, or into nothing between two digits, and
// writes "3" for "³" and "-" for "−".
func tidy(text string) string {
	text = strings.TrimSpace(text)
	if isASCII(text) {
		return text
	}
	runes := []rune(text)
	var b strings.Builder
	for i, r := range runes {
		switch r {
		case '\u00a0', '\u2007', '\u2009', '\u200a', '\u202f': // no-break, figure, thin, hair, narrow no-break
			if i > 0 && i+1 < len(runes) && isDigit(runes[i-1]) && isDigit(runes[i+1]) {
				continue // a group of digits, as in 1 200
			}
			b.WriteByte(' ')
		case '³':
			b.WriteByte('3')
		case '−':
			b.WriteByte('-')
		case 'μ': // Greek mu, for the micro sign
			b.WriteRune('µ')
		default:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// scanNumber reads the number at the beginning of s and returns it with its
// length in bytes, which is 0 if there is none. It is not finite if it is too
// large.
func scanNumber(s string) (x float64, n int) {
	at := func(i int) rune {
		if i < len(s) {
			return rune(s[i])
		}
		return 0
	}
	i := 0
	if at(i) == '+' || at(i) == '-' {
		i++
	}
	digits := func() bool {
		start := i
		for isDigit(at(i)) || at(i) == '_' && i > start && isDigit(at(i-1)) && isDigit(at(i+1)) {
			i++
		}
		return i > start
	}
	whole := digits()
	if at(i) == '.' && isDigit(at(i+1)) {
		i++
		digits()
	} else if !whole {
		return 0, 0
	}
	if at(i) == 'e' || at(i) == 'E' {
		mark := i
		i++
		if at(i) == '+' || at(i) == '-' {
			i++
		}
		if !digits() {
			i = mark
		}
	}
	x, err := strconv.ParseFloat(strings.ReplaceAll(s[:i], "_", ""), 64)
	if err != nil {
		x = math.Copysign(math.Inf(1), x) // out of range
	}
	return x, i
}

// scanFraction is scanNumber that also reads a fraction such as 1/6.
func scanFraction(s string) (x float64, n int) {
	x, n = scanNumber(s)
	if n == 0 || n == len(s) || s[n] != '/' {
		return x, n
	}
	y, m := scanNumber(s[n+1:])
	if m == 0 || y == 0 {
		return x, n
	}
	return x / y, n + 1 + m
}

// commaHint explains what to write instead of the number with a comma that s
// is, from its beginning; it returns "" if s is no such number.
func commaHint(s string) string {
	_, n := scanNumber(s)
	if n == 0 || n+1 >= len(s) || s[n] != ',' || !isDigit(rune(s[n+1])) {
		return ""
	}
	_, m := scanNumber(s[n+1:])
	whole, part, rest := s[:n], s[n+1:n+1+m], s[n+1+m:]
	if strings.Contains(whole, ".") && !strings.ContainsAny(part, ".,") && !strings.HasPrefix(rest, ",") {
		return "write the number with a decimal point only: " + strconv.Quote(strings.ReplaceAll(whole, ".", "")+"."+part+rest)
	}
	if strings.ContainsAny(part, ".,") || strings.HasPrefix(rest, ",") {
		return "write the number without commas"
	}
	if len(part) == 3 {
		return "a comma could mean either: write " + strconv.Quote(whole+part+rest) + " or " + strconv.Quote(whole+"."+part+rest)
	}
	return "write a decimal point: " + strconv.Quote(whole+"."+part+rest)
}

// formatNumber writes x with 15 digits if that many bring it back through
// read, and otherwise with as many as it takes to tell it from its neighbours.
func formatNumber(x float64, read func(float64) bool) string {
	if y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64); err == nil && read(y) {
		x = y
	}
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e15) {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// plain writes a number without a unit.
func plain(x float64) string {
	return formatNumber(x, func(y float64) bool { return y == x })
}
