package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"unicode"

	"oxysim/scenarios"
	"oxysim/study"
)

// Exit statuses.
const (
	exitMet         = 0 // and everything else that went well
	exitInternal    = 1
	exitBadInput    = 2
	exitMissed      = 3
	exitIncomplete  = 4
	exitInterrupted = 130
)

// failure is an error with the exit status it leads to.
type failure struct {
	status int
	err    error // nil if all has been said
}

func (f failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("exit status %d", f.status)
	}
	return f.err.Error()
}

func (f failure) Unwrap() error { return f.err }

// bad returns an error of the user's.
func bad(format string, args ...any) error {
	return failure{exitBadInput, fmt.Errorf(format, args...)}
}

// status returns the exit status of an error.
func status(err error) int {
	var f failure
	var problems scenarios.Problems
	var records study.RecordErrors
	switch {
	case err == nil:
		return exitMet
	case errors.As(err, &f):
		return f.status
	case errors.As(err, &problems), errors.As(err, &records):
		return exitBadInput
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitInternal
}

// explain writes an error for the user: problems at length on a terminal, and
// one line each otherwise.
func (c *command) explain(err error) {
	inner := err
	var f failure
	if errors.As(err, &f) {
		inner = f.err
	}
	problems, mistaken := inner.(scenarios.Problems)
	var broken *study.Broken
	switch {
	case inner == nil: // all has been said
	case errors.Is(err, syscall.EPIPE): // whoever reads the answer has enough
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(c.stderr, "oxysim: interrupted")
	case mistaken && isTerminal(c.stderr):
		fmt.Fprintf(c.stderr, "%s\n\n%s\n", strings.TrimRight(harmless(problems.Long()), "\n"), plural(len(problems), "problem"))
	case mistaken:
		fmt.Fprintln(c.stderr, harmless(problems.Error()))
	case errors.As(err, &broken):
		fmt.Fprintf(c.stderr, "oxysim: %v\nthis is a mistake of the program, not of the scenario; to repeat it:\n  %s\n",
			broken, study.Command(broken.Subject, "trace", "--replication", fmt.Sprint(broken.Replication)))
	default:
		fmt.Fprintf(c.stderr, "oxysim: %s\n", harmless(err.Error()))
	}
}

// harmless returns a message, in which names and lines of files may be anybody's,
// without what moves a terminal: an escape is shown as in Go.
func harmless(message string) string {
	var b strings.Builder
	for _, r := range message {
		if r == '\n' || r == '\t' || r == ' ' || unicode.IsPrint(r) || unicode.In(r, unicode.Zs, unicode.Join_Control) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return b.String()
}

// explainPanic says that the program has made a mistake, and how to report it.
func (c *command) explainPanic(v any) {
	fmt.Fprintf(c.stderr, "oxysim: %v\nthis is a mistake of the program; to report it, send what follows and what oxysim version says; to repeat it:\n  %s\n\n%s",
		v, study.Words(append([]string{"oxysim"}, c.args...)...), debug.Stack())
}

// plural returns n things in words.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
