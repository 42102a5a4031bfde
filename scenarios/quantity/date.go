package quantity

import (
	"fmt"
	"strings"
	"time"
)

// Date is a day of the calendar: "2020-06-01". It has no range. The zero Date
// is no day.
type Date struct {
	Year  int // from 1
	Month time.Month
	Day   int // of the month, from 1
}

const wantDate = `a date such as "2020-06-01"`

// UnmarshalText reads year, month and day.
func (d *Date) UnmarshalText(text []byte) error {
	s := tidy(string(text))
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		hint := ""
		switch {
		case len(s) > 10 && (s[10] == 'T' || s[10] == ' '):
			hint = "without the time of day"
		case err != nil && strings.Contains(err.Error(), "out of range"):
			hint = "there is no such day"
		}
		return &WantError{Want: wantDate, Got: string(text), Hint: hint}
	}
	d.Year, d.Month, d.Day = t.Date()
	return nil
}

// Time returns the beginning of the day, in UTC.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// secondsPerDay has no leap seconds: simulated days have none.
const secondsPerDay = 86400

// Days returns the number of days from 1970-01-01, negative before it.
func (d Date) Days() int { return int(d.Time().Unix() / secondsPerDay) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Add returns the date n days later.
func (d Date) Add(n int) Date {
	y, m, day := d.Time().AddDate(0, 0, n).Date()
	return Date{y, m, day}
}

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

func (d Date) String() string     { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }
func (d Date) Wanted() string     { return wantDate }
func (d Date) Examples() []string { return []string{"2020-06-01"} }
func (d Date) Unquoted() bool     { return true }
func (d Date) Pattern() string    { return `^[0-9]{4}-[0-9]{2}-[0-9]{2}$` }

// ClockTime is a time of day: "07:30". It has no range.
type ClockTime struct{ seconds int64 }

const wantClock = `a time of day such as "07:30"`

// UnmarshalText reads hours, minutes and, if there are any, seconds.
func (c *ClockTime) UnmarshalText(text []byte) error {
	s, ok := clock(tidy(string(text)))
	if !ok || s == secondsPerDay {
		return &WantError{Want: wantClock, Got: string(text)}
	}
	c.seconds = s
	return nil
}

// clock reads a time of day from 00:00 to 24:00.
func clock(s string) (seconds int64, ok bool) {
	if s == "24:00" {
		return secondsPerDay, true
	}
	if len(s) == 4 && s[1] == ':' {
		s = "0" + s
	}
	layout := "15:04"
	if len(s) == len(time.TimeOnly) {
		layout = time.TimeOnly
	}
	t, err := time.Parse(layout, s)
	if err != nil || len(s) != len(layout) {
		return 0, false
	}
	return int64(t.Hour()*3600 + t.Minute()*60 + t.Second()), true
}

// Seconds returns the number of seconds from midnight, in [0, 86400).
func (c ClockTime) Seconds() int64 { return c.seconds }

func (c ClockTime) String() string     { return clockText(c.seconds) }
func (c ClockTime) Wanted() string     { return wantClock }
func (c ClockTime) Examples() []string { return []string{"07:30"} }
func (c ClockTime) Unquoted() bool     { return true }
func (c ClockTime) Pattern() string    { return `^[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$` }

func clockText(seconds int64) string {
	if s := seconds % 60; s != 0 {
		return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, s)
	}
	return fmt.Sprintf("%02d:%02d", seconds/3600, seconds/60%60)
}
