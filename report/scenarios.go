package report

import "io"

// Listed is a scenario in a list.
type Listed struct{ Name, Title string }

// Scenarios writes a list of scenarios.
func Scenarios(w io.Writer, list []Listed, v View) error {
	g := newGrid(v, "", "")
	for _, s := range list {
		g.row(s.Name, s.Title)
	}
	_, err := io.WriteString(w, g.String())
	return err
}
