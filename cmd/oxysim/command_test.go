package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"oxysim/scenarios"
	"oxysim/sim/montecarlo"
	"oxysim/study"
)

// A mistake of the program says how to see it again, and no number.
func TestBrokenLawsAreToldWithHowToRepeatThem(t *testing.T) {
	s, problems := study.Open("one-cylinder", "run.horizon=2d")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s.Seed = 5
	err := error(&study.Broken{Subject: s, Replication: 42, Err: &montecarlo.PanicError{Replication: 42, Value: "model: d012 07:31: cylinder 7 cannot go there"}})
	var out bytes.Buffer
	(&command{stderr: &out}).explain(err)
	want := `oxysim: scenario one-cylinder, seed 5, replication 42: model: d012 07:31: cylinder 7 cannot go there
this is a mistake of the program, not of the scenario; to repeat it:
  oxysim trace one-cylinder --set run.horizon=2d --seed 5 --replication 42
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &out, want)
	}
	if got := status(err); got != exitInternal {
		t.Errorf("got exit status %d", got)
	}
}

func TestExitStatuses(t *testing.T) {
	for want, errs := range map[int][]error{
		exitMet:         {nil},
		exitInternal:    {errors.New("x"), fs.ErrPermission, fmt.Errorf("write: %w", syscall.ENOSPC)},
		exitBadInput:    {bad("x"), scenarios.Problems{{}}, study.RecordErrors{"x"}, fmt.Errorf("read: %w", study.RecordErrors{"x"})},
		exitMissed:      {failure{status: exitMissed}},
		exitIncomplete:  {failure{status: exitIncomplete}},
		exitInterrupted: {context.Canceled, failure{exitInterrupted, errors.New("x")}},
	} {
		for _, err := range errs {
			if got := status(err); got != want {
				t.Errorf("%v: got %d, want %d", err, got, want)
			}
		}
	}
}

// A long run is saved now and then, so that a power cut costs little; and an
// earlier run that came further is not overwritten.
func TestLongRunsAreSavedNowAndThen(t *testing.T) {
	t.Chdir(t.TempDir())
	s, _ := study.Open("one-cylinder")
	r, err := study.NewRun(s, 0, 100, study.Precision{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	c := &command{stderr: &out, args: []string{"run", "one-cylinder"}}
	k, err := c.openCheckpoint(runFlags{}, r)
	if err != nil {
		t.Fatal(err)
	}
	r.N = 32
	err = r.Simulate(t.Context(), 1, nil, func() {
		if r.Fold.Count == 20 {
			k.saved = time.Now().Add(-time.Hour)
		}
		k.tick()
	})
	if n := k.there(); err != nil || n != 32 {
		t.Fatalf("got %d replications saved, %v", n, err)
	}
	again, _ := study.NewRun(s, 0, 100, study.Precision{})
	k2, err := c.openCheckpoint(runFlags{}, again)
	if err != nil || !strings.Contains(out.String(), "32 replications of an interrupted run are in "+k.path) {
		t.Errorf("got %q, %v", &out, err)
	}
	again.N = 5
	if err := again.Simulate(t.Context(), 1, nil, nil); err != nil {
		t.Fatal(err)
	}
	again.N = 100
	out.Reset()
	if err := k2.interrupted(); status(err) != exitInterrupted || !strings.Contains(out.String(), "32 of 100 replications are kept") || k2.there() != 32 {
		t.Errorf("got %v, %q, %d", err, &out, k2.there())
	}
	k.remove()
	if _, err := os.Stat(k.path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want it to be gone", err)
	}
}

func TestCommandsToGoOnWith(t *testing.T) {
	for _, c := range []struct {
		args  []string
		from  string
		again bool
		want  string
	}{
		{[]string{"run", "a.toml", "--resume", "x.json"}, "x.json", true, "oxysim run a.toml --resume=x.json"},
		{[]string{"run", "a b.toml", "-n", "5"}, "", false, "oxysim run 'a b.toml' -n 5 --resume"},
		{[]string{"run", "a.toml", "--resume"}, resumeDefault, false, "oxysim run a.toml --resume"},
		{[]string{"run", "a.toml", "--resume=x.jsonl", "-n", "5"}, "x.jsonl", false, "oxysim run a.toml -n 5 --resume"},
		{[]string{"run", "a.toml", "--resume", "x.jsonl"}, "x.jsonl", false, "oxysim run a.toml --resume"},
	} {
		if got := (&command{args: c.args}).resuming(c.from, c.again); got != c.want {
			t.Errorf("%q: got %s, want %s", c.args, got, c.want)
		}
	}
}

func TestRemainingTime(t *testing.T) {
	for d, want := range map[time.Duration]string{300 * time.Millisecond: "1 s", 14 * time.Second: "14 s", 90 * time.Second: "2 min", 3 * time.Hour / 2: "1.5 h"} {
		if got := remaining(d); got != want {
			t.Errorf("%v: got %s, want %s", d, got, want)
		}
	}
}

// Every subcommand says what it is for, has an example, and a group.
func TestHelpIsComplete(t *testing.T) {
	for _, sub := range (&command{}).root().Commands() {
		if sub.Name() == "completion" || sub.Name() == "help" {
			continue
		}
		if sub.Short == "" || sub.Long == "" || !strings.Contains(sub.Example, "oxysim "+sub.Name()) || sub.GroupID == "" {
			t.Errorf("%s: want short and long help, an example and a group", sub.Name())
		}
	}
}

// A panic anywhere is told as a mistake of the program, with the call.
func TestPanicsAreTold(t *testing.T) {
	var errs bytes.Buffer
	status := run(t.Context(), []string{"version"}, strings.NewReader(""), panics{}, &errs)
	if status != exitInternal || !strings.Contains(errs.String(), "oxysim: the pipe has burst\n") || !strings.Contains(errs.String(), "\n  oxysim version\n") {
		t.Errorf("got exit status %d and %q", status, &errs)
	}
}

type panics struct{}

func (panics) Write([]byte) (int, error) { panic("the pipe has burst") }

// Where no file can be written beside the answer, what is finished is kept
// elsewhere, and that is told if the run is long.
func TestCheckpointsAreKeptElsewhereIfNeedBe(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("TMPDIR", t.TempDir())
	s, _ := study.Open("one-cylinder")
	r, err := study.NewRun(s, 0, 100, study.Precision{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	c := &command{stderr: &out}
	k, err := c.openCheckpoint(runFlags{view: viewFlags{output: "nowhere/answer.txt"}}, r)
	if err != nil || filepath.Dir(k.path) != filepath.Clean(os.TempDir()) {
		t.Fatalf("got %s, %v", k.path, err)
	}
	k.tick()
	if out.Len() > 0 {
		t.Errorf("got %q at once", &out)
	}
	k.begun = time.Now().Add(-2 * sayElsewhere)
	k.tick()
	k.tick()
	if strings.Count(out.String(), "is kept in "+k.path) != 1 {
		t.Errorf("got %q", &out)
	}
}

// A message shows what moves a terminal, and lets pass what letters need.
func TestMessagesAreHarmless(t *testing.T) {
	if got, want := harmless("a\x1b[31m\u202eb.toml:1\n\tüێ\u200cک\u00a0x"), `a\x1b[31m\u202eb.toml:1`+"\n\tüێ\u200cک\u00a0x"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
