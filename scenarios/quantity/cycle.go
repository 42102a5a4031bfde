package quantity

import (
	"slices"
	"strings"
	"time"
)

// Weekdays is a set of days of the week: "mon, thu", "mon-fri", "every day".
// The zero Weekdays is empty. It has no range.
type Weekdays struct{ set uint16 }

// Months is a set of months: "nov-apr", "jan, feb", "every month". The zero
// Months is empty. It has no range.
type Months struct{ set uint16 }

// cycle is a set of names that follow each other in a circle.
type cycle struct {
	names []string // in full, lower case; three letters are enough
	every string
	want  string
}

var (
	week = cycle{
		names: []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
		every: "every day", want: `days such as "mon, thu", "mon-fri" or "every day"`,
	}
	year = cycle{
		names: []string{
			"january", "february", "march", "april", "may", "june",
			"july", "august", "september", "october", "november", "december",
		},
		every: "every month", want: `months such as "jan, feb", "nov-apr" or "every month"`,
	}
)

// parse returns the set of the names in text, as bits.
func (c *cycle) parse(text string) (uint16, error) {
	not := func(hint string) error {
		return &WantError{Want: c.want, Got: text, Hint: hint}
	}
	s := strings.ToLower(tidy(text))
	if s == c.every || s == "all" {
		return 1<<len(c.names) - 1, nil
	}
	var set uint16
	for _, part := range strings.Split(s, ",") {
		part = strings.TrimSpace(part)
		a, b, span := cutRange(part)
		if !span {
			a, b = part, part
		}
		for _, word := range []string{a, b} {
			if c.index(word) < 0 {
				return 0, not(didYouMean(c.guess(word)))
			}
		}
		for i, last := c.index(a), c.index(b); ; i = (i + 1) % len(c.names) {
			if set&(1<<i) != 0 {
				return 0, not(c.names[i] + " twice")
			}
			set |= 1 << i
			if i == last {
				break
			}
		}
	}
	return set, nil
}

// index returns the position of the name that word is, or is the beginning of; -1
// if there is none.
func (c *cycle) index(word string) int {
	word = strings.TrimSuffix(word, ".")
	if len(word) < 3 {
		return -1
	}
	return slices.IndexFunc(c.names, func(name string) bool { return strings.HasPrefix(name, word) })
}

func (c *cycle) guess(word string) string {
	if len(word) <= 4 {
		var short []string
		for _, n := range c.names {
			short = append(short, n[:3])
		}
		return Guess(word, short)
	}
	return Guess(word, append(slices.Clone(c.names), c.every))
}

// format writes a set with three letters a name.
func (c *cycle) format(set uint16) string {
	if set == 1<<len(c.names)-1 {
		return c.every
	}
	var parts []string
	for i, name := range c.names {
		if set&(1<<i) != 0 {
			parts = append(parts, name[:3])
		}
	}
	return strings.Join(parts, ", ")
}

// UnmarshalText reads days separated by commas.
func (w *Weekdays) UnmarshalText(text []byte) error {
	set, err := week.parse(string(text))
	if err == nil {
		w.set = set
	}
	return err
}

// Has reports whether the day is in the set.
func (w Weekdays) Has(d time.Weekday) bool { return w.set&(1<<((int(d)+6)%7)) != 0 }

// Len returns the number of days in the set.
func (w Weekdays) Len() int { return ones(w.set) }

func (w Weekdays) String() string     { return week.format(w.set) }
func (w Weekdays) Wanted() string     { return week.want }
func (w Weekdays) Examples() []string { return []string{"mon, thu", "mon-fri", "every day"} }
func (w Weekdays) Unquoted() bool     { return false }
func (w Weekdays) Pattern() string    { return "" }

// UnmarshalText reads months separated by commas.
func (m *Months) UnmarshalText(text []byte) error {
	set, err := year.parse(string(text))
	if err == nil {
		m.set = set
	}
	return err
}

// Has reports whether the month is in the set.
func (m Months) Has(month time.Month) bool {
	return month >= 1 && month <= 12 && m.set&(1<<(int(month)-1)) != 0
}

// Len returns the number of months in the set.
func (m Months) Len() int { return ones(m.set) }

func (m Months) String() string     { return year.format(m.set) }
func (m Months) Wanted() string     { return year.want }
func (m Months) Examples() []string { return []string{"nov-apr", "jan, feb", "every month"} }
func (m Months) Unquoted() bool     { return false }
func (m Months) Pattern() string    { return "" }

func ones(set uint16) int {
	n := 0
	for ; set != 0; set &= set - 1 {
		n++
	}
	return n
}
