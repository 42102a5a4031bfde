package workbook

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"oxysim/scenarios"
	"oxysim/scenarios/source"
)

// together returns what is wrong in the sheets with what is wrong in the scenario
// that they make. If there is anything of the first, a part of the scenario is
// missing: of the second, only what is wrong of a cell by itself is told, and what
// nothing is said about yet.
func (b *book) together(problems scenarios.Problems) scenarios.Problems {
	if len(b.problems) == 0 {
		return problems
	}
	list := b.problems
	told := map[string]bool{}
	for _, p := range list {
		told[p.Place.String()] = true
	}
	for _, p := range problems {
		byItself := strings.HasPrefix(p.Message, "want ") && strings.Contains(p.Message, ", not ") || strings.HasPrefix(p.Message, "unknown key") ||
			!b.lacking && strings.Contains(p.Message, " is called ")
		if byItself && !told[p.Place.String()] {
			list = append(list, p)
		}
	}
	list.Sort()
	return list
}

// mark is where a cell begins in a line, in characters from 1.
type mark struct {
	column int
	at     source.Place
}

// inCells gives problems the places of their cells.
func (b *book) inCells(problems scenarios.Problems) scenarios.Problems {
	for _, p := range problems {
		p.Place = b.cell(p.Place)
		b.inWords(p)
		p.Message = b.asCalled(p.Message)
		if strings.HasPrefix(p.Key, "option.") && strings.HasSuffix(p.Key, ".change") && strings.HasPrefix(p.Message, "missing") {
			p.Message = fmt.Sprintf("missing: write what it changes in the sheet %s, in a row with a key such as %s.\"hospital.NAME.buffer\"; if these tables belong to a .toml file, which has the changes, read that file instead", sheetScenario, p.Key)
		}
	}
	problems.Sort()
	return problems
}

// inFile is how messages call what a scenario file has in the place of a row.
var inFile = regexp.MustCompile(`\[(\w+)\.NAME\]`)

// notThis is what a message says there is.
var notThis = regexp.MustCompile(`, not "?([^"]+)"?$`)

// noRoad is what is said of a hospital that cannot be reached.
var noRoad = regexp.MustCompile(`^no road leads from (\S+) to (\S+); want \[road\.NAME\]`)

// inWords says of a problem what to write in a workbook or a table, where the
// message says what to write in a scenario file.
func (b *book) inWords(p *scenarios.Problem) {
	word := b.form.word()
	if m := noRoad.FindStringSubmatch(p.Message); m != nil {
		from, to := m[1], m[2]
		p.Message = fmt.Sprintf("no road leads from %s to %s: want a row in the %s road, or the positions of both, for one to be assumed", b.call(from), b.call(to), word)
		if at, missing := b.nowhere(to); missing == "" {
			if at, missing = b.nowhere(from); missing != "" {
				p.Place = at
				p.Message = fmt.Sprintf("no road leads from %s to %s: want %s of %s here, as %s has a position, for one to be assumed, or a row in the %s road",
					b.call(from), b.call(to), missing, b.call(from), b.call(to), word)
			}
		} else if missing != "lat and lon" {
			p.Place = at
			p.Message = fmt.Sprintf("no road leads from %s to %s: want %s here, for one to be assumed, or a row in the %s road", b.call(from), b.call(to), missing, word)
		}
		return
	}
	if m := notThis.FindStringSubmatch(p.Message); m != nil {
		p.Message += asTyped(p.Message, m[1])
	}
	p.Message = strings.Replace(p.Message, "write at least one [", "want at least one [", 1)
	p.Message = inFile.ReplaceAllString(p.Message, "a row in the "+word+" $1")
	p.Message = strings.Replace(p.Message, "at least one a row", "at least one row", 1)
}

// asTyped says how a value that a spreadsheet took for a time of day or a date is
// to be written; "" if it is none, or was not taken for one.
func asTyped(message, value string) string {
	hours := strings.Contains(message, "want opening hours ")
	span := strings.Contains(message, "want a time such as ")
	x, err := strconv.ParseFloat(value, 64)
	_, notDate := time.Parse("2006-01-02", value)
	clock, notClock := time.Parse("15:04", value)
	switch {
	case hours && notClock == nil:
		return ` (the cell has one time of day: write from and until as a text, such as 06:00-18:00)`
	case hours && err == nil && x >= 0 && x < 1:
		minutes := int(math.Round(x * 24 * 60))
		return fmt.Sprintf(` (to a spreadsheet this is the time %02d:%02d: write from and until as a text, such as 06:00-18:00)`, minutes/60, minutes%60)
	case hours && notDate == nil:
		return ` (the cell has a date, which spreadsheets make of 6-18: format it as text and write 06:00-18:00)`
	case span && notClock == nil:
		return fmt.Sprintf(` (the cell has a time of day: write %d min)`, clock.Hour()*60+clock.Minute())
	case span && notDate == nil:
		return ` (the cell has a date: format it as text or as a number, and write it with its unit)`
	}
	return ""
}

// call returns what a thing is called in the workbook.
func (b *book) call(name string) string {
	if written := b.called[name]; written != "" {
		return written
	}
	return name
}

// nowhere returns what a place lacks of its position, "" if nothing, and where it
// is to be written.
func (b *book) nowhere(name string) (at source.Place, missing string) {
	for _, kind := range placeKindsByRoad {
		s := b.sheets[kind]
		if s == nil || s.head() < 0 || s.column(headName) < 0 {
			continue
		}
		for _, i := range s.data() {
			if s.cell(i, headName) != name {
				continue
			}
			var lacks []string
			first := s.column(headName)
			for _, key := range []string{"lon", "lat"} {
				if s.cell(i, key) == "" {
					lacks = append([]string{key}, lacks...)
					if j := s.column(key); j >= 0 {
						first = j
					}
				}
			}
			return s.place(i, first), strings.Join(lacks, " and ")
		}
	}
	return at, "lat and lon"
}

// guessed is what a message takes for meant.
var guessed = regexp.MustCompile(`did you mean "([^"]+)"\?`)

// asCalled returns a message that guesses what things are called in the workbook.
func (b *book) asCalled(message string) string {
	return guessed.ReplaceAllStringFunc(message, func(hint string) string {
		if written := b.called[guessed.FindStringSubmatch(hint)[1]]; written != "" {
			return fmt.Sprintf("did you mean %q?", written)
		}
		return hint
	})
}

// cell returns the place of the cell that is at a place of the scenario made of
// it.
func (b *book) cell(p source.Place) source.Place {
	best := source.Place{File: b.name}
	for _, m := range b.cells[p.File][p.Line] {
		if m.column <= max(p.Column, 1) {
			best = m.at
		}
	}
	return best
}
