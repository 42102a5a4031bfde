package quantity

import (
	"strings"
	"unicode"
)

// Money is an amount in a currency: "233 $", "233 USD", "€ 12.50". Amounts in
// different currencies are not converted.
type Money struct {
	amount
	currency string
}

// Amount returns the number of units of the currency; it may be negative.
func (m Money) Amount() float64 { return m.x }

// Currency returns the three letters of the currency, such as "USD"; "" of
// the zero Money.
func (m Money) Currency() string { return m.currency }

// symbols are the signs of currencies.
var symbols = map[string]string{"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP"}

// currencyOf returns the three letters of the currency that a word names, or "".
func currencyOf(word string) string {
	word = strings.TrimSpace(word)
	if c, ok := symbols[strings.ToUpper(word)]; ok {
		return c
	}
	if len(word) == 3 && strings.IndexFunc(word, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) }) < 0 {
		return strings.ToUpper(word)
	}
	return ""
}

// UnmarshalText reads an amount with its currency before or after it, and a
// range if there is one, which may leave out the currency.
func (m *Money) UnmarshalText(text []byte) error {
	t := tidy(string(text))
	currency := ""
	strip := func(s string) (string, bool) {
		s = strings.TrimSpace(s)
		i := strings.IndexFunc(s, func(r rune) bool { return r == '-' || r == '+' || r == '.' || isDigit(r) })
		if i < 0 {
			return s, false
		}
		before, number := strings.TrimSpace(s[:i]), s[i:]
		_, n := scanNumber(number)
		word := before
		if before == "" && commaHint(number) == "" {
			number, word = number[:n], strings.TrimSpace(number[n:])
		}
		if word == "" {
			return number, currency != ""
		}
		c := currencyOf(word)
		ok := c != "" && (currency == "" || c == currency)
		currency = c
		return number, ok
	}
	main, inside, ranged := strings.Cut(t, "(")
	plain, ok := strip(main)
	if ok && ranged {
		lo, hi, cut := cutRange(strings.TrimSuffix(inside, ")"))
		low, ok1 := strip(lo)
		high, ok2 := strip(hi)
		plain += " (" + low + " – " + high
		if strings.HasSuffix(inside, ")") {
			plain += ")"
		}
		ok = cut && ok1 && ok2
	}
	if !ok {
		return aSum.not(string(text), aSum.explain(main))
	}
	a, err := aSum.parse(plain)
	if err != nil {
		if w, isWant := err.(*WantError); isWant {
			w.Got = string(text)
		}
		return err
	}
	m.amount, m.currency = a, currency
	return nil
}

// explain returns what is wrong with an amount of money, or "".
func (d *dimension) explain(s string) string {
	s = strings.TrimSpace(s)
	_, n := scanNumber(s)
	switch rest := strings.TrimSpace(s[n:]); {
	case n == 0:
		return ""
	case commaHint(s) != "":
		return commaHint(s)
	case rest == "":
		return "say in which currency"
	}
	return ""
}

// String returns the amount with the currency after it.
func (m Money) String() string {
	if !m.ranged {
		return m.Write(m.x)
	}
	return m.Write(m.x) + " (" + m.Write(m.lo) + " – " + m.Write(m.hi) + ")"
}

// Write returns the text of another amount in the same currency.
func (m Money) Write(base float64) string {
	currency := m.currency
	if currency == "" {
		currency = "USD"
	}
	return plain(base) + " " + currency
}

func (m Money) Base() float64                     { return m.x }
func (m Money) Bounds() (lo, hi float64, ok bool) { return m.lo, m.hi, m.ranged }
func (m Money) Wanted() string                    { return aSum.wanted() }
func (m Money) Examples() []string                { return []string{aSum.example, "233 USD"} }
func (m Money) Unquoted() bool                    { return false }
func (m Money) Pattern() string {
	return `^([^\s0-9(]+\s*)?` + patternNumber + `(` + patternUnit + `)?$`
}
