package plots

import (
	"strconv"
	"time"

	"oxysim/model"
	"oxysim/sim"
)

// calendar lays instants along a page.
type calendar struct {
	scale
	start model.Date // of day 0
}

func newCalendar(start model.Date, begin, end sim.Time, from, to float64) calendar {
	return calendar{scale{lo: float64(begin), hi: float64(max(end, begin+1)), from: from, to: to}, start}
}

func (c calendar) of(t sim.Time) float64 { return c.at(float64(t)) }

// midnight returns the beginning of a day of the calendar.
func midnight(start model.Date, t sim.Time) time.Time {
	return time.Unix((int64(start)+int64(t.Day()))*86400, 0).UTC()
}

// since returns the instant of a time of the calendar.
func since(start model.Date, t time.Time) sim.Time {
	return sim.Time(t.Unix() - int64(start)*86400)
}

// dateOf writes the date of an instant, which stays on one line.
func dateOf(start model.Date, t sim.Time) string {
	return text(midnight(start, t).Format("2 January 2006"))
}

// dayOf writes its day without the year.
func dayOf(start model.Date, t sim.Time) string { return text(midnight(start, t).Format("2 January")) }

// pace is how far apart dates are, and how they are written.
type pace struct {
	hours, days, months, years int
	format                     string
}

// paces are the ones that are tried, the closest first.
var paces = []pace{
	{hours: 3, format: "15:04"}, {hours: 6, format: "15:04"}, {hours: 12, format: "15:04"},
	{days: 1, format: "2 Jan"}, {days: 2, format: "2 Jan"}, {days: 4, format: "2 Jan"}, {days: 7, format: "2 Jan"}, {days: 14, format: "2 Jan"},
	{months: 1, format: "Jan"}, {months: 2, format: "Jan"}, {months: 3, format: "Jan 2006"}, {months: 6, format: "Jan 2006"},
	{years: 1, format: "2006"}, {years: 2, format: "2006"}, {years: 5, format: "2006"}, {years: 10, format: "2006"}, {years: 20, format: "2006"},
	{years: 50, format: "2006"}, {years: 100, format: "2006"}, {years: 1000, format: "2006"},
}

// dates returns the ticks along a calendar, as close as their texts leave room.
func (p *page) dates(c calendar) (list []tick) {
	l := p.label(0.5)
	for _, x := range paces {
		list = x.along(c)
		room := true
		for i := 1; i < len(list); i++ {
			gap := c.at(list[i].x) - c.at(list[i-1].x)
			room = room && gap >= (p.widthOf(list[i].what, l)+p.widthOf(list[i-1].what, l))/2+1.2*p.small
		}
		if room {
			return list
		}
	}
	return nil
}

// along returns the instants of a pace on a calendar.
func (x pace) along(c calendar) (list []tick) {
	begin, end := sim.Time(c.lo), sim.Time(c.hi)
	t := midnight(c.start, begin)
	switch {
	case x.months > 0:
		t = time.Date(t.Year(), (t.Month()-1)/time.Month(x.months)*time.Month(x.months)+1, 1, 0, 0, 0, 0, time.UTC)
	case x.years > 0:
		t = time.Date(t.Year()/x.years*x.years, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	const tooMany = 400
	for n := 0; n < tooMany && since(c.start, t) <= end; n++ {
		if at := since(c.start, t); at >= begin {
			what := t.Format(x.format)
			if x.hours > 0 && t.Hour() == 0 {
				what = t.Format("2 Jan")
			}
			if x.months > 0 && x.months < 3 && (t.Month() == time.January || len(list) == 0) {
				what += " " + strconv.Itoa(t.Year())
			}
			list = append(list, tick{float64(at), what})
		}
		switch {
		case x.hours > 0:
			t = t.Add(time.Duration(x.hours) * time.Hour)
		case x.days > 0:
			t = t.AddDate(0, 0, x.days)
		case x.months > 0:
			t = t.AddDate(0, x.months, 0)
		default:
			t = t.AddDate(x.years, 0, 0)
		}
	}
	return list
}
