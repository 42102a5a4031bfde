package report

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"oxysim/study"
)

// Check writes what a scenario means, as a table or as JSON.
func Check(w io.Writer, f Format, m *study.Meaning, v View) error {
	switch f {
	case Table:
		return checkTable(w, m, v)
	case JSON:
		return checkJSON(w, m)
	}
	return fmt.Errorf("want the format table or json, not %q", f)
}

func checkTable(w io.Writer, m *study.Meaning, v View) error {
	var b strings.Builder
	title := m.Subject.File.Title
	if title == "" {
		title = m.Subject.Name
	}
	fmt.Fprintf(&b, "%s\n%s · %s\n\n", v.strong(title), Contents(m.Subject.Config), Span(m.Subject.Config.Horizon))
	for _, s := range sentences(m) {
		b.WriteString("  " + s + "\n")
	}
	fmt.Fprintf(&b, "\n%s\n", v.strong(plausibility(m)))
	for _, x := range m.Warnings {
		fmt.Fprintf(&b, "  %s %s\n", v.paint("!", text.FgYellow, text.Bold), x)
	}
	p := &m.Provenance
	b.WriteString("\n" + v.strong("Where the numbers come from") + "\n")
	fmt.Fprintf(&b, "  %s with a source, %s, %s without a source, %s taken by default\n",
		count(p.Sourced, "number"), count(total(p.Assumptions), "assumption"), plain(total(p.Unsourced)), plain(total(p.Defaults)))
	for _, x := range []struct {
		title  string
		values []study.Value
	}{{"Assumptions", p.Assumptions}, {"Without a source", p.Unsourced}, {"Uncertain", p.Uncertain}, {"Defaults", p.Defaults}} {
		if len(x.values) == 0 {
			continue
		}
		b.WriteString("\n" + v.strong(x.title) + "\n")
		g := newGrid(v, "", "", "")
		for _, value := range x.values {
			key := value.Key
			if n := value.Count(); n > 1 {
				key += fmt.Sprintf(" (%d)", n)
			}
			g.row(key, value.Text, v.faint(cut(value.Source, 60)))
		}
		b.WriteString(g.String())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func plain(n int) string { return fmt.Sprint(n) }

func total(values []study.Value) (n int) {
	for _, x := range values {
		n += x.Count()
	}
	return n
}

func plausibility(m *study.Meaning) string {
	if n := len(m.Warnings); n > 0 {
		return count(n, "value") + " to look at again"
	}
	return "Nothing implausible"
}

// sentences say what a scenario means.
func sentences(m *study.Meaning) (list []string) {
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	hospitals := count(len(m.Needs), "hospital")
	ask := " ask for "
	if len(m.Needs) == 1 {
		ask = " asks for "
	}
	if m.Cylinders > 0 {
		say("%s%s%s m3 of oxygen on an average day; cylinders must carry what nothing else does, %s a day.", hospitals, ask, Plain(m.Gas, 3), Plain(m.Cylinders, 3))
	} else {
		say("%s%s%s m3 of oxygen on an average day.", hospitals, ask, Plain(m.Gas, 3))
	}
	for t, f := range m.Fleets {
		c := m.Subject.Config.Types[t]
		say("There are %s of type %s, with %s of gas each, of which %.0f %% can be used.", count(f.Count, "cylinder"), f.Type, c.Content, 100*c.Usable)
	}
	if m.Cylinders > 0 && m.Count() > 0 {
		say("To carry that, each must be filled %s times a week, once in %s days.", Plain(m.TurnsPerWeek(), 3), Plain(m.CycleDays(), 3))
	}
	for i := range m.Plants {
		list = append(list, plantSentence(m, &m.Plants[i]))
	}
	if m.Trucks > 0 {
		roads := count(m.Links, "road")
		if m.Km > 0 {
			roads += fmt.Sprintf(", %s km in all", Plain(m.Km, 3))
		}
		say("%s, with room for %d cylinders together, and %s.", count(m.Trucks, "truck"), m.Room, roads)
	}
	switch r := m.Ratio(); {
	case m.Gas == 0:
		say("Nobody asks for oxygen.")
	case math.IsInf(r, 1):
		say("Supply has no limit but time: nothing bounds what is filled or bought.")
	default:
		say("About %s m3 a day can be made and filled, %s times the demand; what trucks and roads carry is not in this number.", Plain(m.Supply, 3), Plain(r, 2))
	}
	return list
}

// cylinders writes a number of cylinders a day.
func cylinders(perDay float64) string {
	if perDay == 1 {
		return "1 cylinder"
	}
	return Plain(perDay, 3) + " cylinders"
}

func plantSentence(m *study.Meaning, c *study.Capacity) string {
	name := m.Subject.Label(c.Plant)
	running := ""
	if c.Running < 1 {
		running = fmt.Sprintf(", running %s %% of the time", Plain(100*c.Running, 2))
	}
	piped := ""
	if c.Piped > 0 {
		piped = fmt.Sprintf("; %s m3 a day go through pipes", Plain(c.Piped, 3))
	}
	if len(c.Limits) == 0 {
		return fmt.Sprintf("%s fills no cylinders%s%s.", name, running, piped)
	}
	tightest := c.Limits[0]
	if math.IsInf(tightest.PerDay, 1) {
		return fmt.Sprintf("%s fills as many cylinders as come%s%s.", name, running, piped)
	}
	s := fmt.Sprintf("%s can fill about %s a day%s, limited by its %s", name, cylinders(tightest.PerDay), running, tightest.What)
	for i, l := range c.Limits[1:] {
		sep := " (the next limit: "
		if i > 0 {
			sep = ", "
		}
		s += sep + fmt.Sprintf("%s, %s", l.What, Plain(l.PerDay, 3))
	}
	if len(c.Limits) > 1 {
		s += ")"
	}
	return s + piped + "."
}

// meaningJSON is what a scenario means as JSON.
type meaningJSON struct {
	Title        string          `json:"title,omitempty"`
	Scenario     string          `json:"scenario"`
	Digest       string          `json:"digest"`
	Files        []string        `json:"files"`
	Meaning      []string        `json:"meaning"`
	Gas          number          `json:"demand_m3_per_day"`
	Cylinders    number          `json:"demand_cylinders_per_day"`
	Supply       number          `json:"supply_m3_per_day"` // null if nothing limits it
	Ratio        number          `json:"supply_over_demand"`
	Turns        number          `json:"turns_per_week"`
	Cycle        number          `json:"cycle_days"`
	Fleets       []fleetJSON     `json:"cylinders"`
	Plants       []capacityJSON  `json:"plants"`
	Hospitals    []needJSON      `json:"hospitals"`
	Warnings     []study.Warning `json:"warnings"`
	Sourced      int             `json:"values_with_source"`
	Assumptions  []study.Value   `json:"assumptions"`
	Unsourced    []study.Value   `json:"without_source"`
	Uncertain    []study.Value   `json:"uncertain"`
	DefaultsUsed []study.Value   `json:"defaults"`
}

type fleetJSON struct {
	Type    string `json:"type"`
	Count   int    `json:"count"`
	Content number `json:"content_m3"`
}

type capacityJSON struct {
	Plant   string      `json:"plant"`
	PerDay  number      `json:"cylinders_per_day"`
	Running number      `json:"running_share"`
	Piped   number      `json:"piped_m3_per_day"`
	Limits  []limitJSON `json:"limits"`
}

type limitJSON struct {
	What   string `json:"what"`
	PerDay number `json:"cylinders_per_day"`
}

type needJSON struct {
	Hospital  string `json:"hospital"`
	Gas       number `json:"m3_per_day"`
	Cylinders number `json:"cylinders_per_day"`
}

func checkJSON(w io.Writer, m *study.Meaning) error {
	p := &m.Provenance
	out := meaningJSON{
		Title: m.Subject.File.Title, Scenario: m.Subject.Called, Digest: m.Subject.Digest, Files: m.Subject.Tree.Files(),
		Meaning: sentences(m), Gas: number(m.Gas), Cylinders: number(m.Cylinders), Supply: number(m.Supply), Ratio: number(m.Ratio()),
		Turns: number(m.TurnsPerWeek()), Cycle: number(m.CycleDays()), Warnings: some(m.Warnings),
		Sourced: p.Sourced, Assumptions: some(p.Assumptions), Unsourced: some(p.Unsourced), Uncertain: some(p.Uncertain), DefaultsUsed: some(p.Defaults),
	}
	for t, f := range m.Fleets {
		out.Fleets = append(out.Fleets, fleetJSON{f.Type, f.Count, number(m.Subject.Config.Types[t].Content.CubicMetres())})
	}
	for i := range m.Plants {
		c := &m.Plants[i]
		x := capacityJSON{Plant: c.Plant, PerDay: number(c.PerDay()), Running: number(c.Running), Piped: number(c.Piped), Limits: []limitJSON{}}
		for _, l := range c.Limits {
			x.Limits = append(x.Limits, limitJSON{l.What, number(l.PerDay)})
		}
		out.Plants = append(out.Plants, x)
	}
	for _, n := range m.Needs {
		out.Hospitals = append(out.Hospitals, needJSON{n.Hospital, number(n.Gas), number(n.Cylinders)})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// some returns a list that is not null as JSON.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
