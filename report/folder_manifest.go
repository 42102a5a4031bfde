package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"oxysim/model"
)

// Manifest says what a results folder is of, how it was made and what is in it.
// It has no time of day: the same command writes the same manifest.
type Manifest struct {
	Format    int            `json:"format"` // of the manifest
	Program   string         `json:"program"`
	Revision  string         `json:"revision,omitempty"`
	Behaviour int            `json:"behaviour"` // version of the model
	Command   string         `json:"command"`
	Scenario  string         `json:"scenario"` // its name
	Title     string         `json:"title,omitempty"`
	Digest    string         `json:"digest"` // of what decides its numbers
	Seed      uint64         `json:"seed"`
	First     int            `json:"first"` // number of the first replication
	N         int            `json:"replications"`
	Quick     bool           `json:"quick"`
	Asked     []manifestAsk  `json:"asked,omitempty"` // beside what happens as things are
	Verdict   string         `json:"verdict"`
	Runs      string         `json:"runs_sha256"` // of all numbers of all replications
	Read      []Input        `json:"read"`        // what the scenario was read from
	Inputs    []Input        `json:"inputs"`      // the scenario's files here
	Files     []Recorded     `json:"files"`       // all others
	Counts    map[string]int `json:"counts"`
}

type manifestAsk struct {
	Question string `json:"question"`
	Most     int    `json:"most_replications"`
	N        int    `json:"replications"`
	Not      string `json:"not_asked,omitempty"` // why
}

// Recorded is a file of a folder.
type Recorded struct {
	Name   string `json:"name"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// manifestFormat is the version of the manifest.
const manifestFormat = 1

// manifest writes it, of the other files of the folder.
func (r *Results) manifest(files map[string][]byte) ([]byte, error) {
	o := r.Answer.Origin
	m := Manifest{
		Format: manifestFormat, Program: r.Made.Program, Revision: r.Made.Revision, Behaviour: model.Behaviour, Command: r.Made.Command,
		Scenario: r.Subject.Name, Title: r.Subject.File.Title, Digest: o.Digest, Seed: o.Seed, First: r.Answer.First, N: r.Answer.N,
		Quick: r.Made.Quick, Verdict: r.Answer.Verdict.String(), Runs: r.RunsDigest(), Read: r.Read,
		Counts: map[string]int{
			"metrics": len(r.Answer.Estimates), "hospitals": len(r.Subject.Config.Hospitals),
			"plants": len(r.Subject.Config.Plants), "trucks": len(r.Subject.Config.Trucks), "figures": len(r.Figures),
		},
	}
	for _, a := range r.Asked {
		m.Asked = append(m.Asked, manifestAsk{a.Question, a.Most, r.askedOf(a.Question), a.Not})
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if _, input := r.Inputs[name]; input {
			m.Inputs = append(m.Inputs, Input{name, digestOf(files[name])})
			continue
		}
		m.Files = append(m.Files, Recorded{name, len(files[name]), digestOf(files[name])})
	}
	return indented(m)
}

// askedOf returns how many replications an answer stands on.
func (r *Results) askedOf(question string) int {
	switch {
	case question == "why" && r.Why != nil:
		return r.Why.Replications
	case question == "compare" && r.Compare != nil:
		return r.Compare.N
	case question == "all options" && r.All != nil:
		return r.All.N
	case question == "unknown" && r.Unknown != nil:
		return r.Unknown.N
	case question == "plan" && r.Plan != nil:
		return r.Plan.N
	case question == "tornado" && r.Tornado != nil:
		return r.Tornado.N
	}
	return 0
}

// indented writes JSON to be read by people too.
func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}

// ReadManifest reads a manifest.
func ReadManifest(content []byte) (*Manifest, error) {
	m := new(Manifest)
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("want a manifest as oxysim report writes it: %w", err)
	}
	switch {
	case m.Format != manifestFormat:
		return nil, fmt.Errorf("want a manifest of format %d, not %d: it is of another version of oxysim", manifestFormat, m.Format)
	case m.N < 1 || m.First < 0 || m.Digest == "" || !slices.ContainsFunc(m.Inputs, func(x Input) bool { return x.Name == ScenarioFile }):
		return nil, errors.New("want a manifest with replications, a digest and the input " + ScenarioFile)
	}
	for _, name := range m.names() {
		if !fs.ValidPath(name) || strings.Contains(name, `\`) {
			return nil, fmt.Errorf("want files inside the folder, not %q", name)
		}
	}
	return m, nil
}

// names returns the names of all files but the manifest.
func (m *Manifest) names() (list []string) {
	for _, x := range m.Inputs {
		list = append(list, x.Name)
	}
	for _, x := range m.Files {
		list = append(list, x.Name)
	}
	return list
}
