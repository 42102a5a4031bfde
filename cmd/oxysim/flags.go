package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"oxysim/scenarios/quantity"
	"oxysim/sim"
	"oxysim/study"
)

// countFlag is a whole number of at least so many.
type countFlag struct {
	n     *int
	least int
}

func (f countFlag) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < f.least {
		return fmt.Errorf("want a whole number of %d or more, not %q", f.least, s)
	}
	*f.n = n
	return nil
}

func (f countFlag) String() string {
	if f.n == nil || *f.n < f.least {
		return ""
	}
	return strconv.Itoa(*f.n)
}

func (f countFlag) Type() string { return "number" }

// upTo is a count of at most so many: of what memory is needed for.
type upTo struct {
	countFlag
	most int
}

func (f upTo) Set(s string) error {
	if err := f.countFlag.Set(s); err != nil {
		return err
	}
	if *f.n > f.most {
		return fmt.Errorf("want at most %d, not %q", f.most, s)
	}
	return nil
}

// mostAsked is the number of replications that a question may have of one
// design: rows of all of them are kept.
const mostAsked = 100_000_000

// seedFlag is a seed.
type seedFlag struct {
	seed *uint64
	set  *bool
}

func (f seedFlag) Set(s string) error {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return fmt.Errorf("want a whole number from 0 to 2^64-1, not %q", s)
	}
	*f.seed, *f.set = n, true
	return nil
}

func (f seedFlag) String() string { return "" }
func (f seedFlag) Type() string   { return "number" }

// precisionFlag is a precision.
type precisionFlag struct{ p *study.Precision }

func (f precisionFlag) Set(s string) (err error) {
	*f.p, err = study.ParsePrecision(s)
	return err
}

func (f precisionFlag) String() string {
	if f.p == nil {
		return ""
	}
	return f.p.String()
}

func (f precisionFlag) Type() string { return "width" }

// choiceFlag is one of some words.
type choiceFlag struct {
	word    *string
	choices []string
}

func (f choiceFlag) Set(s string) error {
	for _, c := range f.choices {
		if s == c {
			*f.word = s
			return nil
		}
	}
	if guess := quantity.Guess(s, f.choices); guess != "" {
		return fmt.Errorf("want %s, not %q (did you mean %q?)", orList(f.choices), s, guess)
	}
	return fmt.Errorf("want %s, not %q", orList(f.choices), s)
}

func (f choiceFlag) String() string {
	if f.word == nil {
		return ""
	}
	return *f.word
}

func (f choiceFlag) Type() string { return strings.Join(f.choices, "|") }

// orList lists words with "or" before the last.
func orList(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// timeFlag is a time since the start of a replication.
type timeFlag struct{ t *sim.Time }

func (f timeFlag) Set(s string) error {
	d, err := quantity.Parse[quantity.Span](s)
	if err != nil {
		return err
	}
	*f.t = sim.Time(d.Seconds())
	return nil
}

func (f timeFlag) String() string { return "" }
func (f timeFlag) Type() string   { return "time" }

// settings adds the flag --set.
func settings(flags *pflag.FlagSet, list *[]string) {
	flags.StringArrayVar(list, "set", nil, "a `key=value` of the scenario, such as hospital.rizgary.buffer=45 (repeatable)")
}

// formats adds the flag --format, the first of which is taken if nothing is
// said.
func formats(flags *pflag.FlagSet, word *string, choices ...string) {
	*word = choices[0]
	flags.Var(choiceFlag{word, choices}, "format", "how to write the answer (default as the ending of -o says, or "+choices[0]+")")
}

// output adds the flag -o.
func output(flags *pflag.FlagSet, path *string, usage string) {
	flags.StringVarP(path, "output", "o", "", usage)
}

// formatByEnding writes an answer as the ending of its file says, if that is a
// format of the subcommand and no other was asked for.
func formatByEnding(flags *pflag.FlagSet) {
	format, path := flags.Lookup("format"), flags.Lookup("output")
	if format == nil || path == nil || format.Changed {
		return
	}
	if choice, ok := format.Value.(choiceFlag); ok {
		ending := strings.TrimPrefix(strings.ToLower(filepath.Ext(path.Value.String())), ".")
		for _, c := range choice.choices {
			if c == ending {
				*choice.word = c
			}
		}
	}
}

// twoFiles returns an error if a subcommand is to write two things into one
// file.
func twoFiles(flags *pflag.FlagSet) error {
	path := flags.Lookup("output")
	for _, name := range []string{"data", "keep"} {
		if other := flags.Lookup(name); other != nil && path != nil && other.Value.String() != "" &&
			filepath.Clean(other.Value.String()) == filepath.Clean(path.Value.String()) {
			return bad("--%s: want another file than that of -o, %s", name, path.Value)
		}
	}
	return nil
}
