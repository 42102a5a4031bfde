package source

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Place says where something was written: in a file, or on the command line.
type Place struct {
	File   string // as it was opened; "" if Flag is set
	Line   int    // from 1; 0 if the file as a whole is meant
	Column int    // in characters, from 1; 0 if the line as a whole is meant
	Flag   string // such as "--set hospital.rizgary.buffer=45"

	width int       // in characters; 0 if unknown
	text  *document // of File, to show the line; nil if it cannot be shown
}

// String returns the place as in "surge.toml:12:10".
func (p Place) String() string {
	switch {
	case p.Flag != "":
		return p.Flag
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return p.File + ":" + strconv.Itoa(p.Line)
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// compare orders places by file, line and column; the command line comes last.
func (p Place) compare(q Place) int {
	return cmp.Or(
		cmp.Compare(p.Flag, q.Flag),
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Column, q.Column),
	)
}

// Problem is a mistake of the user: where it is, of which key, and what was
// wanted.
type Problem struct {
	Place   Place
	Key     string // dotted; "" if it concerns none
	Message string // lower case, without a full stop

	help string // more to say in the long form, of several lines
}

// Error returns the problem on one line:
//
//	surge.toml:12:10: road.north.length: want a distance such as "42 km", not "42"
func (p *Problem) Error() string {
	var parts []string
	for _, s := range []string{p.Place.String(), p.Key, p.Message} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ": ")
}

// Long returns the problem followed by the line of the file that it is in, with
// the place underlined, and by help if there is any.
func (p *Problem) Long() string {
	var b strings.Builder
	b.WriteString(p.Error())
	b.WriteByte('\n')
	if line, ok := p.Place.line(); ok {
		before := []rune(line)
		before = before[:min(len(before), max(0, p.Place.Column-1))]
		for i, r := range before {
			if r != '\t' { // so that the carets stand below, however wide a tab is
				before[i] = ' '
			}
		}
		fmt.Fprintf(&b, "\n%6d | %s\n", p.Place.Line, line)
		if p.Place.Column > 0 {
			fmt.Fprintf(&b, "       | %s%s\n", string(before), strings.Repeat("^", max(1, p.Place.width)))
		}
	}
	if p.help != "" {
		b.WriteByte('\n')
		for line := range strings.Lines(strings.TrimSpace(p.help)) {
			if strings.TrimSpace(line) != "" {
				b.WriteString("    ")
			}
			b.WriteString(strings.TrimRight(line, "\n"))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// line returns the line of the file that the place is in.
func (p Place) line() (string, bool) {
	if p.text == nil || p.Line == 0 {
		return "", false
	}
	return p.text.line(p.Line)
}

// Problems is a list of problems in the order of their places. The empty list
// means that all is well.
type Problems []*Problem

// mostShown is the number of problems that are printed.
const mostShown = 50

// Err returns the problems as an error, and nil if there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// Error returns one line for each of the first 50 problems, and then the number of
// the others.
func (ps Problems) Error() string {
	return ps.join("\n", func(p *Problem) string { return p.Error() })
}

// Long returns the first 50 problems at length, and then the number of the others.
func (ps Problems) Long() string {
	return ps.join("\n", func(p *Problem) string { return p.Long() })
}

func (ps Problems) join(sep string, show func(*Problem) string) string {
	var parts []string
	for _, p := range ps[:min(len(ps), mostShown)] {
		parts = append(parts, show(p))
	}
	if more := len(ps) - mostShown; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(parts, sep)
}

// Sort puts the problems in the order of their places, in place.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b *Problem) int {
		return cmp.Or(a.Place.compare(b.Place), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Message, b.Message))
	})
}

// tidy sorts problems and leaves out those that say again what another says.
func (ps Problems) tidy() Problems {
	ps.Sort()
	return slices.CompactFunc(ps, func(a, b *Problem) bool { return a.Error() == b.Error() })
}
