package quantity

import (
	"slices"
	"strings"
)

// Hours are the times of day at which something is open:
// "08:00-17:00, 19:00-22:00", "20:00-06:00" over midnight, "always", "never".
// The zero Hours is never. It has no range.
type Hours struct{ windows []Window }

// Window is a part of a day, in seconds from midnight.
type Window struct {
	From int64 // in [0, 86400)
	To   int64 // in (From, 86400]; not in the window any more
}

const wantHours = `opening hours such as "08:00-17:00" or "always"`

// UnmarshalText reads windows separated by commas.
func (h *Hours) UnmarshalText(text []byte) error {
	not := func(hint string) error {
		return &WantError{Want: wantHours, Got: string(text), Hint: hint}
	}
	s := strings.ToLower(tidy(string(text)))
	switch s {
	case "always":
		h.windows = []Window{{0, secondsPerDay}}
		return nil
	case "never":
		h.windows = nil
		return nil
	}
	var windows []Window
	for _, part := range strings.Split(s, ",") {
		a, b, ok := cutRange(strings.TrimSpace(part))
		if !ok {
			return not(didYouMean(Guess(s, []string{"always", "never"})))
		}
		from, ok1 := clock(a)
		to, ok2 := clock(b)
		switch {
		case !ok1 || !ok2 || from == secondsPerDay:
			return not("")
		case from == to:
			return not("a window of no length")
		case from < to:
			windows = append(windows, Window{from, to})
		case to == 0:
			windows = append(windows, Window{from, secondsPerDay})
		default: // over midnight
			windows = append(windows, Window{0, to}, Window{from, secondsPerDay})
		}
	}
	slices.SortFunc(windows, func(a, b Window) int { return int(a.From - b.From) })
	merged := windows[:1]
	for _, w := range windows[1:] {
		switch last := &merged[len(merged)-1]; {
		case w.From < last.To:
			return not("the windows overlap")
		case w.From == last.To:
			last.To = w.To
		default:
			merged = append(merged, w)
		}
	}
	h.windows = merged
	return nil
}

// Windows returns the windows in order of time; none touch.
func (h Hours) Windows() []Window { return slices.Clone(h.windows) }

// Open reports whether the time of day, in seconds from midnight, is within a
// window.
func (h Hours) Open(secondOfDay int64) bool {
	for _, w := range h.windows {
		if w.From <= secondOfDay && secondOfDay < w.To {
			return true
		}
	}
	return false
}

// Always reports whether there is no time that is not within a window.
func (h Hours) Always() bool { return h.PerDay() == secondsPerDay }

// PerDay returns the sum of the windows, in seconds.
func (h Hours) PerDay() int64 {
	sum := int64(0)
	for _, w := range h.windows {
		sum += w.To - w.From
	}
	return sum
}

func (h Hours) String() string {
	switch {
	case h.Always():
		return "always"
	case len(h.windows) == 0:
		return "never"
	}
	var parts []string
	for _, w := range h.windows {
		parts = append(parts, clockText(w.From)+"-"+clockText(w.To))
	}
	return strings.Join(parts, ", ")
}

func (h Hours) Wanted() string { return wantHours }
func (h Hours) Examples() []string {
	return []string{"08:00-17:00", "08:00-17:00, 19:00-22:00", "always"}
}
func (h Hours) Unquoted() bool  { return false }
func (h Hours) Pattern() string { return "" }
