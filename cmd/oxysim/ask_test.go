package main

import (
	"slices"
	"strings"
	"testing"
)

// What an interrupted question leaves is called after the question: how it is to
// go on, and how its answer is written, make no other of it.
func TestAskedIsTheQuestion(t *testing.T) {
	asked := func(call string) []string {
		return (&command{args: strings.Fields(call)}).asked()
	}
	want := asked("plan district --lever hospital.town.buffer")
	for _, same := range []string{
		"plan district --lever hospital.town.buffer --resume",
		"plan district --lever hospital.town.buffer --resume=x.json --workers 1",
		"plan district --lever hospital.town.buffer -n 300 --format csv -o a.csv --progress",
		"plan district --output=a.csv --replications=3 --lever hospital.town.buffer",
	} {
		if got := asked(same); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", same, got, want)
		}
	}
	for _, other := range []string{"plan district --lever hospital.border.buffer", "plan district --lever hospital.town.buffer --seed 3"} {
		if got := asked(other); slices.Equal(got, want) {
			t.Errorf("%s: got %q, as of another question", other, got)
		}
	}
}

// Counts that no machine has room for are refused, with the limit.
func TestCountsHaveLimits(t *testing.T) {
	n := 7
	f := upTo{countFlag{&n, 1}, 100}
	for text, want := range map[string]string{"0": "1 or more", "101": "at most 100", "9223372036854775807": "at most", "1e3": "whole number", "": "whole number"} {
		if err := f.Set(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	if err := f.Set("100"); err != nil || n != 100 {
		t.Errorf("got %d, %v", n, err)
	}
}
