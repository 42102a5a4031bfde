package stock

import (
	"fmt"
	"strings"
	"time"

	"oxysim/model"
	"oxysim/scenarios/quantity"
	"oxysim/sim"
)

const wantWhen = `want a time such as "14:30", "2026-03-06 09:00" or "3 h"`

// when reads an instant, counted from the start of day 0: a time of day is the
// next one after now or, if it has passed, the last one before it; a span is so
// long from now, or ago.
func when(text string, start model.Date, now sim.Time, past bool) (sim.Time, error) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.ToLower(text), " ago"))
	text = strings.TrimPrefix(text, "in ")
	var at sim.Time
	if t, ok := dated(text); ok {
		day := int(t.Unix()/86400) - int(start)
		at = sim.Time(day)*sim.Time(sim.Day) + sim.Time(t.Unix()%86400)
	} else if c, err := quantity.Parse[quantity.ClockTime](text); err == nil {
		at = now.Add(-now.OfDay()).Add(sim.Span(c.Seconds()))
		if past && at > now {
			at = at.Add(-sim.Day)
		} else if !past && at < now {
			at = at.Add(sim.Day)
		}
	} else if d, err := quantity.Parse[quantity.Span](text); err == nil {
		at = now.Add(sim.Span(d.Seconds()))
		if past {
			at = now.Add(-sim.Span(d.Seconds()))
		}
	} else {
		return 0, fmt.Errorf("%s, not %q", wantWhen, quantity.Shorten(text))
	}
	if past && at > now {
		return 0, fmt.Errorf("want a time before the count, not %q", quantity.Shorten(text))
	}
	if !past && at < now {
		return 0, fmt.Errorf("want a time after the count, not %q", quantity.Shorten(text))
	}
	return at, nil
}

// dated reads a date with a time of day. Of dates with slashes nobody knows
// which number is the month.
func dated(text string) (time.Time, bool) {
	text = strings.ToLower(text)
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02t15:04", "2006-01-02 15:04:05", "2.1.2006 15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// At reads the instant of a count, counted from the start of a scenario.
func At(text string, start model.Date) (sim.Time, error) {
	text = tidy(text)
	t, ok := dated(text)
	if !ok {
		d, err := quantity.Parse[quantity.Date](text)
		if err != nil {
			return 0, fmt.Errorf("want a date and time such as \"2026-03-05T08:00\", not %q", quantity.Shorten(text))
		}
		t = d.Time()
	}
	at := sim.Time(t.Unix() - int64(start)*86400)
	switch {
	case at < 0:
		return 0, fmt.Errorf("want a time from the start of the scenario on, %s, not %q; --set run.start= moves it", Day(start, 0), text)
	case at > sim.Time(20*sim.Year):
		return 0, fmt.Errorf("want a time within 20 years of the start of the scenario, %s, not %q", Day(start, 0), text)
	}
	return at, nil
}

// Day returns the date of an instant, such as "2026-03-05".
func Day(start model.Date, t sim.Time) string {
	return time.Unix(int64(start)*86400+int64(t), 0).UTC().Format(time.DateOnly)
}

// Clock returns an instant as date and time of day, such as "2026-03-05 08:00".
func Clock(start model.Date, t sim.Time) string {
	return time.Unix(int64(start)*86400+int64(t), 0).UTC().Format("2006-01-02 15:04")
}
