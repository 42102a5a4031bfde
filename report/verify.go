package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/text"

	"oxysim/model"
)

// Verification says whether a results folder is what its manifest says, and what
// is made again.
type Verification struct {
	Folder   string    `json:"folder"`
	Equal    bool      `json:"equal"` // all of it
	MadeBy   string    `json:"made_by"`
	Checked  string    `json:"checked_with"`
	N        int       `json:"replications"` // that were simulated again; 0 if inputs have changed
	Runs     string    `json:"runs_sha256"`  // that the manifest has
	Now      string    `json:"runs_sha256_now,omitempty"`
	Digest   string    `json:"digest"`
	Findings []Finding `json:"findings"` // of files, inputs first
	Notes    []string  `json:"notes,omitempty"`
}

// Finding is what was found of a file.
type Finding struct {
	Name  string `json:"name"`
	Input bool   `json:"input,omitempty"` // of the scenario
	State State  `json:"state"`
	Want  string `json:"sha256"`                // that the manifest has
	Disk  string `json:"sha256_here,omitempty"` // of the file here
	Again string `json:"sha256_again,omitempty"`
}

// State is how a file stands to its manifest.
type State string

// States.
const (
	Same    State = "equal"
	Changed State = "changed"             // here, since the folder was made
	Missing State = "missing"             // here
	Differs State = "differs"             // made again, it is another; the file here is as it was
	Further State = "not in the manifest" // a file of which the manifest says nothing
)

// CheckInputs compares the scenario's files in a folder with its manifest. It
// reports whether they are as they were.
func (v *Verification) CheckInputs(m *Manifest, disk map[string][]byte) bool {
	same := true
	for _, x := range m.Inputs {
		f := Finding{Name: x.Name, Input: true, State: Same, Want: x.SHA256}
		content, there := disk[x.Name]
		if there {
			f.Disk = digestOf(content)
		}
		switch {
		case !there:
			f.State = Missing
		case f.Disk != x.SHA256:
			f.State = Changed
		}
		same = same && f.State == Same
		v.Findings = append(v.Findings, f)
	}
	return same
}

// CheckFiles compares the other files of a folder with its manifest and, if they
// were made again, with those.
func (v *Verification) CheckFiles(m *Manifest, disk, again map[string][]byte) {
	known := map[string]bool{ManifestFile: true}
	for _, x := range m.Inputs {
		known[x.Name] = true
	}
	for _, x := range m.Files {
		known[x.Name] = true
		f := Finding{Name: x.Name, State: Same, Want: x.SHA256}
		if content, ok := disk[x.Name]; ok {
			f.Disk = digestOf(content)
		}
		if content, ok := again[x.Name]; ok {
			f.Again = digestOf(content)
		}
		switch {
		case f.Disk == "":
			f.State = Missing
		case f.Disk != x.SHA256:
			f.State = Changed
		case again != nil && f.Again != x.SHA256:
			f.State = Differs
		}
		v.Findings = append(v.Findings, f)
	}
	if again != nil {
		f := Finding{Name: ManifestFile, State: Same, Want: digestOf(disk[ManifestFile]), Disk: digestOf(disk[ManifestFile]), Again: digestOf(again[ManifestFile])}
		if f.Again != f.Disk {
			f.State = Differs
		}
		v.Findings = append(v.Findings, f)
	}
	for _, name := range slices.Sorted(maps.Keys(disk)) {
		if !known[name] {
			v.Findings = append(v.Findings, Finding{Name: name, State: Further, Disk: digestOf(disk[name])})
		}
	}
}

// Conclude says whether all is equal.
func (v *Verification) Conclude() {
	v.Equal = v.N > 0 && v.Runs == v.Now
	for _, f := range v.Findings {
		v.Equal = v.Equal && (f.State == Same || f.State == Further)
	}
}

// Verify writes what was found of a results folder.
func Verify(w io.Writer, f Format, v *Verification, view View) error {
	switch f {
	case Table:
		return verifyTable(w, v, view)
	case JSON:
		b, err := indented(v)
		if err == nil {
			_, err = w.Write(b)
		}
		return err
	}
	return fmt.Errorf("want the format table or json, not %q", f)
}

// mostNamed is how many files are named of a kind.
const mostNamed = 20

// harmless returns a text of a folder, which may be anybody's, without what
// moves the rest of a line or a terminal.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

func verifyTable(w io.Writer, v *Verification, view View) error {
	var b strings.Builder
	good, wrong := view.paint("✓", text.FgGreen), view.paint("✗", text.FgRed, text.Bold)
	line := func(ok bool, s string) {
		sign := good
		if !ok {
			sign = wrong
		}
		fmt.Fprintf(&b, "  %s %s\n", sign, s)
	}
	fmt.Fprintf(&b, "%s\nmade by %s, checked with %s\n\n", view.strong(harmless(v.Folder)), harmless(v.MadeBy), v.Checked)
	inputs, files := map[State][]string{}, map[State][]string{}
	for _, f := range v.Findings {
		if f.Input {
			inputs[f.State] = append(inputs[f.State], harmless(f.Name))
		} else {
			files[f.State] = append(files[f.State], harmless(f.Name))
		}
	}
	if len(inputs[Changed])+len(inputs[Missing]) == 0 {
		line(true, fmt.Sprintf("inputs unchanged: %s of the scenario, digest %.8s", count(len(inputs[Same]), "file"), harmless(v.Digest)))
	}
	for _, s := range []State{Changed, Missing} {
		if len(inputs[s]) > 0 {
			line(false, fmt.Sprintf("inputs %s: %s", s, htmlFew(inputs[s], mostNamed)))
		}
	}
	switch {
	case v.N == 0:
		line(false, "not simulated again: it would be of another scenario than these results")
	case v.Runs == v.Now:
		line(true, fmt.Sprintf("%s repeated: every number equal, digest %.8s", count(v.N, "replication"), v.Runs))
	default:
		line(false, fmt.Sprintf("%s repeated: numbers differ, digest %.8s, not %.8s", count(v.N, "replication"), v.Now, harmless(v.Runs)))
	}
	if n := len(files[Same]); n > 0 {
		what := "equal to what is made again"
		if v.N == 0 {
			what = "as the manifest says"
		}
		line(true, fmt.Sprintf("%s %s", count(n, "file"), what))
	}
	for _, x := range []struct {
		state State
		what  string
	}{{Changed, "changed here since the folder was made"}, {Missing, "missing here"}, {Differs, "different when made again"}} {
		if names := files[x.state]; len(names) > 0 {
			line(false, x.what+": "+htmlFew(names, mostNamed))
		}
	}
	if names := files[Further]; len(names) > 0 {
		fmt.Fprintf(&b, "    %s\n", view.faint("not of the results, and left alone: "+htmlFew(names, mostNamed)))
	}
	for _, n := range v.Notes {
		fmt.Fprintf(&b, "    %s\n", view.faint(harmless(n)))
	}
	if v.Equal {
		b.WriteString("\n  " + view.strong("equal") + "\n")
	} else {
		b.WriteString("\n  " + view.strong("not equal") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// BehaviourNote says what follows if a folder is of another behaviour of the
// model; "" if it is of this one.
func (m *Manifest) BehaviourNote() string {
	if m.Behaviour == model.Behaviour {
		return ""
	}
	return fmt.Sprintf("the folder is of behaviour %d of the model, and this program has %d: numbers may differ for that", m.Behaviour, model.Behaviour)
}
