package stock

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/sim"
)

// Template returns a table to fill in, with a row for each place and type of
// cylinder and each truck of a scenario, filled in as its Config starts: read as
// it is, it changes nothing. A Config may be that of a world in the midst of a
// replication, from [model.World.State].
func Template(sc *scenarios.Scenario) [][]string {
	var heads []string
	for _, c := range Columns {
		heads = append(heads, c.Name)
	}
	rows := [][]string{heads}
	add := func(values map[string]string) {
		row := make([]string, len(heads))
		for i, h := range heads {
			row[i] = values[h]
		}
		rows = append(rows, row)
	}
	w := writer{sc.Config}
	types := func(v map[string]string, t int) {
		if len(sc.Config.Types) > 1 {
			v["type"] = sc.Config.Types[t].Name
		}
	}
	for i := range sc.Config.Hospitals {
		h := &sc.Config.Hospitals[i]
		for k := range h.Lines {
			l := &h.Lines[k]
			v := map[string]string{"place": h.Name, "full": strconv.Itoa(l.Full), "in use": strconv.Itoa(l.InUse), "empty": strconv.Itoa(l.Empty)}
			types(v, l.Type)
			coming(v, l, sc.Config.Start)
			if k == 0 {
				w.ward(v, h)
			}
			add(v)
		}
		if len(h.Lines) == 0 {
			v := map[string]string{"place": h.Name}
			w.ward(v, h)
			add(v)
		}
	}
	for i := range sc.Config.Plants {
		p := &sc.Config.Plants[i]
		for t := range sc.Config.Types {
			v := map[string]string{"place": p.Name, "full": strconv.Itoa(p.Full[t]), "empty": strconv.Itoa(p.Empty[t])}
			types(v, t)
			if t == 0 {
				var m *model.Machine
				if p.Make != nil {
					m = &p.Make.Machines
				}
				w.site(v, m, p.Power)
				if p.Make != nil && w.later() {
					tank(v, p.Make.Stored, p.Make.Tank)
				}
			}
			add(v)
		}
	}
	for i := range sc.Config.Trucks {
		w.truck(&sc.Config.Trucks[i], types, add)
	}
	return rows
}

// writer fills in what a Config says of a site.
type writer struct{ c *model.Config }

// later reports whether the Config is that of a world in the midst.
func (w writer) later() bool { return w.c.At > 0 }

// since writes for how long something has been down.
func (w writer) since(f model.Failed) string {
	if f.For == 0 {
		return ""
	}
	return Clock(w.c.Start, sim.Time(w.c.At-f.For))
}

// coming fills in what is on its way: all of it, when the first arrives.
func coming(v map[string]string, l *model.Line, start model.Date) {
	if len(l.Coming) == 0 {
		return
	}
	n, first := 0, sim.Never
	for _, x := range l.Coming {
		n += x.Count
		first = min(first, x.At)
	}
	v["on the way"], v["expected"] = strconv.Itoa(n), Clock(start, first+59)
}

// tank fills in what is in a tank, in whole litres.
func tank(v map[string]string, stored, room model.Gas) {
	if room > 0 {
		v["tank"] = fmt.Sprintf("%d L", int64(stored/model.Litre))
	}
}

// ward fills in what a hospital has beside cylinders.
func (w writer) ward(v map[string]string, h *model.Hospital) {
	w.site(v, machinesOf(h), h.Power)
	if !w.later() {
		return
	}
	if h.Bulk != nil {
		tank(v, h.Bulk.Stored, h.Bulk.Tank)
	}
	if len(h.Patients) > 0 {
		n := 0
		for i := range h.Patients {
			n += h.Patients[i].Initial
		}
		v["patients"] = strconv.Itoa(n)
	}
}

// truck adds the rows of a truck.
func (w writer) truck(t *model.Truck, types func(map[string]string, int), add func(map[string]string)) {
	a := t.Away
	if a == nil {
		add(map[string]string{"place": t.Name, "where": "home"})
		return
	}
	clock := Clock(w.c.Start, a.Until+59)
	if a.Broken {
		add(map[string]string{"place": t.Name, "where": "out of service", "expected": clock})
		return
	}
	rows := 0
	row := func(where string, typ, full, empty int) {
		v := map[string]string{"place": t.Name, "where": where, "full": strconv.Itoa(full), "empty": strconv.Itoa(empty)}
		if rows++; rows == 1 {
			v["expected"] = clock
		}
		types(v, typ)
		add(v)
	}
	for k, visit := range a.Stops {
		for typ := range w.c.Types {
			empty := 0
			if k == 0 {
				empty = a.Empty[typ]
			}
			if visit.Load[typ] > 0 || empty > 0 || typ == 0 {
				row("on the way to "+w.c.Hospitals[visit.Hospital].Name, typ, visit.Load[typ], empty)
			}
		}
	}
	if len(a.Stops) == 0 {
		for typ := range w.c.Types {
			if a.Full[typ]+a.Empty[typ] > 0 || typ == 0 {
				row("on the way home", typ, a.Full[typ], a.Empty[typ])
			}
		}
	}
}

// machinesOf returns a hospital's machines, or nil.
func machinesOf(h *model.Hospital) *model.Machine {
	if h.Concentrators == nil {
		return nil
	}
	return &h.Concentrators.Machines
}

// site fills in whether machines run and there is power, where it can be
// otherwise.
func (w writer) site(v map[string]string, m *model.Machine, p model.Power) {
	if m != nil && m.Count > 0 && len(m.Modes) > 0 {
		running := min(m.Count, m.Count+m.Spares-len(m.Down))
		v["running"] = fmt.Sprintf("%d of %d", running, m.Count)
		if running < m.Count {
			v["down since"] = w.since(m.Down[0])
		}
	}
	if p.Grid == model.None {
		return
	}
	g := p.Grid
	for g != model.None && !w.c.Grids[g].Random {
		g = w.c.Grids[g].Parent
	}
	if g == model.None {
		return
	}
	if v["power"] = "yes"; w.c.Grids[g].Out != nil {
		v["power"], v["power off since"] = "no", w.since(*w.c.Grids[g].Out)
	}
}

// CSV writes a table as text, for a spreadsheet that may be of any country.
func CSV(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff") // or else a spreadsheet takes labels for another encoding
	w := csv.NewWriter(&b)
	w.Comma = ';'
	w.UseCRLF = true
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// XLSX writes a table as a sheet, with what each column is for as a comment on
// its head.
func XLSX(rows [][]string) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	const sheet = "Sheet1"
	for i, row := range rows {
		for k, text := range row {
			at, err := excelize.CoordinatesToCellName(k+1, i+1)
			if err != nil {
				return nil, err
			}
			if n, err := strconv.Atoi(text); err == nil {
				err = f.SetCellValue(sheet, at, n)
				if err != nil {
					return nil, err
				}
			} else if err := f.SetCellStr(sheet, at, text); err != nil {
				return nil, err
			}
			if i == 0 && k < len(Columns) {
				if err := f.AddComment(sheet, excelize.Comment{Cell: at, Author: "oxysim", Text: Columns[k].Meaning}); err != nil {
					return nil, err
				}
			}
		}
	}
	if err := f.SetColWidth(sheet, "A", "A", 28); err != nil {
		return nil, err
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
