package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"oxysim/model"
	"oxysim/study"
)

// Names of the files of a results folder.
const (
	ScenarioFile = "scenario.toml"
	ManifestFile = "manifest.json"
	pageFile     = "report.html"
	bookFile     = "summary.xlsx"
	summaryFile  = "summary.csv"
	runsFile     = "runs.parquet"
	packageFile  = "datapackage.json"
	figureFolder = "figures"
)

// Results are all that a results folder tells, and nothing else: two that are
// equal are written as the same bytes.
type Results struct {
	Subject *study.Subject    // called ScenarioFile, as whoever opens the folder calls it
	Inputs  map[string][]byte // the scenario's files, by name
	Read    []Input           // what it was read from, where the folder was made
	Made    Made

	Answer  *study.Answer
	Values  [][]float64    // of each replication, in the order of the answer's estimates
	Meaning *study.Meaning // what the scenario means, and where its numbers come from

	// What was asked beside; nil if it was not, or if there was nothing to ask.
	Why     *study.WhyAnswer
	Compare *study.CompareAnswer
	All     *study.CompareAnswer     // all options at once, beside things as they are
	Unknown *study.InformationAnswer // the options, over what the numbers may be
	Plan    *study.PlanAnswer
	Tornado *study.TornadoAnswer
	Asked   []Asking
	Figures []Drawing

	Validation string // the page on what is simulated beside exact values, as Markdown
}

// Made says how a folder was made: by which program, and asked for what.
type Made struct {
	Program  string // version
	Revision string // of its files; "" if it is not known
	Command  string // as it is typed
	Quick    bool   // only what was simulated as it is
}

// Input is a file that a scenario was read from.
type Input struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Asking is a question beside the first, and how often it was simulated at most.
type Asking struct {
	Question string // why, compare, plan or tornado
	Most     int
	Not      string // why it was not asked; "" if it was
}

// Drawing is a figure that has been drawn.
type Drawing struct {
	Name    string            // such as "risk"
	Title   string            // what was found
	About   string            // what is shown
	Files   map[string][]byte // svg, png, pdf and csv, by ending
	Section string            // of the page in which it stands: verdict, risk, why, stories, closer, options, costs, plan or sure
}

// Files returns the files of the folder, by path with slashes.
func (r *Results) Files() (map[string][]byte, error) {
	files := maps.Clone(r.Inputs)
	add := func(name string, content []byte, err error) error {
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if _, taken := files[name]; taken {
			return fmt.Errorf("want another name for the scenario's table %s: the results have a file of this name", name)
		}
		files[name] = content
		return nil
	}
	written := func(write func(b *bytes.Buffer) error) ([]byte, error) {
		var b bytes.Buffer
		err := write(&b)
		return b.Bytes(), err
	}
	for _, x := range []struct {
		name string
		make func() ([]byte, error)
		when bool
	}{
		{summaryFile, func() ([]byte, error) {
			return written(func(b *bytes.Buffer) error { return runCSV(b, r.Answer, View{}) })
		}, true},
		{"why.csv", func() ([]byte, error) {
			return written(func(b *bytes.Buffer) error { return Why(b, CSV, r.Why, View{}) })
		}, r.Why != nil},
		{"compare.csv", func() ([]byte, error) {
			return written(func(b *bytes.Buffer) error { return Compare(b, CSV, r.Compare, View{}) })
		}, r.Compare != nil},
		{"plan.csv", func() ([]byte, error) {
			return written(func(b *bytes.Buffer) error { return Plan(b, CSV, r.Plan, View{}) })
		}, r.Plan != nil},
		{runsFile, r.parquet, true},
		{bookFile, r.workbook, true},
		{pageFile, r.page, true},
	} {
		if !x.when {
			continue
		}
		content, err := x.make()
		if err := add(x.name, content, err); err != nil {
			return nil, err
		}
	}
	for _, f := range r.Figures {
		for _, ending := range slices.Sorted(maps.Keys(f.Files)) {
			if err := add(figureFolder+"/"+f.Name+"."+ending, f.Files[ending], nil); err != nil {
				return nil, err
			}
		}
	}
	content, err := r.datapackage(files)
	if err := add(packageFile, content, err); err != nil {
		return nil, err
	}
	content, err = r.manifest(files)
	if err := add(ManifestFile, content, err); err != nil {
		return nil, err
	}
	return files, nil
}

// FolderName returns the name of the folder of some files: what it is of, and
// the digest of all that is in it.
func (r *Results) FolderName(files map[string][]byte) string {
	o := r.Answer.Origin
	return fmt.Sprintf("%s-%.8s-seed%d-n%d-%.8s", fileName(r.Subject.Name), o.Digest, o.Seed, r.Answer.N, digestOf(files[ManifestFile]))
}

// fileName returns a text that every system takes for the name of a file.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r > 127 {
			return r
		}
		return '-'
	}, s)
}

// digestOf returns the SHA-256 of a file, in hex.
func digestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// RunsDigest returns the SHA-256 of all numbers of all replications, to the last
// bit: of the numbers, not of a file of them, which a program of another version
// may write otherwise.
func (r *Results) RunsDigest() string {
	h := sha256.New()
	for _, e := range r.Answer.Estimates {
		fmt.Fprintf(h, "%s\n", e.Metric.Name)
	}
	var word [8]byte
	for _, row := range r.Values {
		for _, x := range row {
			binary.LittleEndian.PutUint64(word[:], math.Float64bits(x))
			h.Write(word[:])
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// title returns what the scenario is called.
func (r *Results) title() string {
	if t := r.Subject.File.Title; t != "" {
		return t
	}
	return r.Subject.Name
}

// metrics returns what the numbers of a replication are.
func (r *Results) metrics() []model.Metric {
	list := make([]model.Metric, len(r.Answer.Estimates))
	for i, e := range r.Answer.Estimates {
		list[i] = e.Metric
	}
	return list
}
