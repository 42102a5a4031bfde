package model

import (
	"testing"
	"time"

	"oxysim/sim"
)

// Days of the week and months are the calendar's.
func TestDateIsTheCalendars(t *testing.T) {
	for d := DateOf(1899, 12, 31); d < DateOf(2101, 1, 1); d++ {
		want := d.time()
		if int(want.Weekday()+6)%7 != d.Weekday() || int(want.Month())-1 != d.Month() {
			t.Fatalf("%v: weekday %d, month %d, want %v in %v", d, d.Weekday(), d.Month(), want.Weekday(), want.Month())
		}
	}
	if got := DateOf(2024, time.February, 29).String(); got != "2024-02-29" {
		t.Errorf("got %s", got)
	}
}

// windowsTested are windows of every kind: none, over midnight, two a day, all
// day, up to midnight.
var windowsTested = []Windows{
	nil,
	{{8 * hour, 16 * hour}},
	{{0, 6 * hour}, {22 * hour, 24 * hour}},
	{{6 * hour, 9 * hour}, {15 * hour, 18 * hour}},
	{{0, 24 * hour}},
	{{18 * hour, 24 * hour}},
	{{0, 8 * hour}},
	{{0, 8 * hour}, {8 * hour, 12 * hour}},
}

// The next turn is the first half hour after which the windows are open when
// they were closed, or the other way; and where they open, on a set of days, is
// the first of them at which they are.
func TestWindowsAreWhatALookAtTheClockFinds(t *testing.T) {
	const half = 30 * sim.Minute
	start := DateOf(2024, 5, 1) // a Wednesday
	for k, ws := range windowsTested {
		for at := sim.Time(0); at < sim.Time(3*sim.Day); at = at.Add(half) {
			want := sim.Never
			for x := at.Add(half); x <= at.Add(2*sim.Day); x = x.Add(half) {
				if ws.open(x) != ws.open(at) {
					want = x
					break
				}
			}
			if got := ws.turn(at); got != want {
				t.Fatalf("windows %d, %v: turn at %v, want %v", k, at, got, want)
			}
			for days := range 128 {
				want := sim.Never
				for x := at; x <= at.Add(9*sim.Day); x = x.Add(half) {
					if ws.open(x) && (days == 0 || days>>(start+Date(x.Day())).Weekday()&1 == 1) {
						want = x
						break
					}
				}
				if got := ws.opens(start, uint8(days), at); got != want {
					t.Fatalf("windows %d, days %07b, %v: open at %v, want %v", k, days, at, got, want)
				}
			}
		}
	}
}

// Windows that never open never do.
func TestWindowsThatNeverOpen(t *testing.T) {
	never := Windows{}
	if never.open(5) || never.turn(5) != sim.Never || never.opens(0, 0, 5) != sim.Never {
		t.Error("windows without a window open")
	}
}

// Spells: on from 10 to 30, for no time at 40, and from 50 on.
func TestSpellsByHand(t *testing.T) {
	s := spells{first: sim.Never}
	for _, at := range []sim.Time{10, 30, 40, 40, 50} {
		s.turn(at)
	}
	total, longest := s.until(100)
	if s.count != 2 || s.first != 10 || total != 70 || longest != 50 {
		t.Errorf("got %d spells of %v s, the longest of %v s, the first at %d s; want 2 of 70, 50, 10", s.count, total, longest, s.first)
	}
	// The statistics begin at 60: what is on then is the first spell.
	s.clear(60)
	if total, longest := s.until(100); s.count != 1 || s.first != 60 || total != 40 || longest != 40 {
		t.Errorf("after 60 s: got %d spells of %v s, the longest of %v s, the first at %d s; want 1 of 40, 40, 60", s.count, total, longest, s.first)
	}
	// One that ends as they begin is none.
	s.clear(110)
	s.turn(110)
	if total, _ := s.until(120); s.count != 0 || s.first != sim.Never || total != 0 {
		t.Errorf("after 110 s: got %d spells of %v s, the first at %v; want none", s.count, total, s.first)
	}
}
