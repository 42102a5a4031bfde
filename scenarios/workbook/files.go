package workbook

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"testing/fstest"

	"oxysim/scenarios"
)

// Files returns a scenario as files: NAME.toml, and beside it a table for each
// kind of thing of which there are several. Read again, they are the same
// scenario, with the same digest.
func Files(name string, sc *scenarios.Scenario) (map[string][]byte, error) {
	l := lay(sc, false)
	files := map[string][]byte{}
	for _, t := range l.data {
		files[t.name] = []byte(t.own[0])
	}
	for _, t := range l.tables {
		files[t.name+".csv"] = l.csv(t)
	}
	quoted := map[string]bool{} // settings that have to be in quotes
	for {
		files[name+".toml"] = l.toml(quoted)
		back, problems := reread(name, files)
		more := false
		for _, p := range problems {
			if p.Key != "" && !quoted[p.Key] {
				quoted[p.Key], more = true, true
			}
		}
		switch {
		case more:
			continue
		case len(problems) > 0:
			return nil, fmt.Errorf("the files would not be read again: %w", problems)
		case back.Digest != sc.Digest:
			return nil, fmt.Errorf("the files would be read as another scenario: digest %.8s, not %.8s", back.Digest, sc.Digest)
		}
		return files, nil
	}
}

// reread reads files again.
func reread(name string, files map[string][]byte) (*scenarios.Scenario, scenarios.Problems) {
	fsys := fstest.MapFS{}
	for n, data := range files {
		fsys[n] = &fstest.MapFile{Data: data}
	}
	return scenarios.Read(fsys, name+".toml")
}

// toml writes the scenario file.
func (l *layout) toml(quoted map[string]bool) []byte {
	var b bytes.Buffer
	for _, s := range l.settings {
		value := s.toml
		if quoted[s.key] {
			value = tomlText(s.text)
		}
		fmt.Fprintf(&b, "%s = %s\n", tomlKey(s.key), value)
	}
	if len(l.tables) > 0 {
		b.WriteString("\n[table]\n")
		for _, t := range l.tables {
			fmt.Fprintf(&b, "%s = %q\n", t.name, t.name+".csv")
		}
	}
	first := true
	cite := func(key, from string) {
		if from == "" {
			return
		}
		if first {
			b.WriteString("\n[source]\n")
			first = false
		}
		fmt.Fprintf(&b, "%s = %s\n", tomlText(key), tomlText(from))
	}
	for _, s := range l.settings {
		cite(s.key, s.source)
	}
	for _, s := range l.sources {
		cite(s[0], s[1])
	}
	return b.Bytes()
}

// csv writes a table.
func (l *layout) csv(t *table) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, cells := range l.cells(t) {
		_ = w.Write(cells) // into memory, which does not fail
	}
	w.Flush()
	return b.Bytes()
}

// cells returns a table as texts: the heads, and then a row for each thing.
func (l *layout) cells(t *table) [][]string {
	keys := l.columns(t)
	heads := append([]string{}, t.own...)
	units := make([]string, len(keys))
	sourced := false
	for i, k := range keys {
		if units[i] = unit(t.rows, k); units[i] != "" {
			k += " [" + units[i] + "]"
		}
		heads = append(heads, k)
	}
	for _, r := range t.rows {
		sourced = sourced || r.source() != ""
	}
	if sourced {
		heads = append(heads, headSource)
	}
	list := [][]string{heads}
	for _, r := range t.rows {
		cells := append([]string{}, r.own...)
		for i, k := range keys {
			v := r.values[k]
			if units[i] != "" && unitOf(v) == units[i] {
				v, _ = cutNumber(v)
			}
			cells = append(cells, v)
		}
		if sourced {
			cells = append(cells, r.source())
		}
		list = append(list, cells)
	}
	return list
}
