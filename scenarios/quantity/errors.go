package quantity

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// WantError says that a text is not a quantity of the kind that was wanted.
type WantError struct {
	Want string // `a distance such as "42 km"`
	Kind string // what was found instead, if known: "a time"
	Got  string // as written
	Hint string // in brackets at the end, if not empty: `did you mean "km"?`
	Bare bool   // whether Got was written without quotes, and is shown so
}

func (e *WantError) Error() string {
	var b strings.Builder
	b.WriteString("want ")
	b.WriteString(e.Want)
	b.WriteString(", not ")
	if e.Kind != "" {
		b.WriteString(e.Kind)
		b.WriteByte(' ')
	}
	if e.Bare {
		b.WriteString(Shorten(e.Got))
	} else {
		b.WriteString(strconv.Quote(Shorten(e.Got)))
	}
	if e.Hint != "" {
		b.WriteString(" (")
		b.WriteString(e.Hint)
		b.WriteByte(')')
	}
	return b.String()
}

// shown is the length, in characters, to which an echoed text is cut.
const shown = 60

// Shorten returns s cut to a length that fits in a message.
func Shorten(s string) string {
	if utf8.RuneCountInString(s) <= shown {
		return s
	}
	r := []rune(s)
	return string(r[:shown-1]) + "…"
}

// didYouMean returns the hint that proposes word, or "" if word is empty.
func didYouMean(word string) string {
	if word == "" {
		return ""
	}
	return "did you mean " + strconv.Quote(word) + "?"
}

// Either joins words as in `"a", "b" or "c"`.
func Either(words []string) string {
	var b strings.Builder
	for i, w := range words {
		switch {
		case i == 0:
		case i == len(words)-1:
			b.WriteString(" or ")
		default:
			b.WriteString(", ")
		}
		b.WriteString(strconv.Quote(w))
	}
	return b.String()
}

// OneOf returns nil if word is among words, and otherwise the error that lists
// them, with a guess.
func OneOf(word string, words []string) error {
	if slices.Contains(words, word) {
		return nil
	}
	return &WantError{Want: Either(words), Got: word, Hint: didYouMean(Guess(word, words))}
}
