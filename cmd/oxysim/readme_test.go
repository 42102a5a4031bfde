package main

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
)

const readmePath = "../../README.md"

// firstCall is the call with which the README begins. It is shown as a reader
// types it who has only Go.
const firstCall = "$ go run ./cmd/oxysim run kri-erbil"

// The first answer in the README is what the program prints, with most of the
// hospitals left out. GOLDEN=update writes it.
func TestFirstAnswerOfTheReadme(t *testing.T) {
	if checked || testing.Short() {
		t.Skip("it simulates a thousand replications of a large network")
	}
	text, err := os.ReadFile(readmePath)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if status := run(t.Context(), []string{"run", "kri-erbil"}, strings.NewReader(""), &out, &out); status != exitMissed {
		t.Fatalf("got exit status %d:\n%s", status, &out)
	}
	const end = "\n```"
	before, after, found := strings.Cut(string(text), firstCall)
	shown, rest, closed := strings.Cut(after, end)
	if !found || !closed {
		t.Fatalf("README.md: want a block that begins with %q", firstCall)
	}
	want := "\n" + shorten(out.String(), 5)
	if shown == want {
		return
	}
	if os.Getenv("GOLDEN") != "update" {
		t.Fatalf("README.md shows\n%s\nand the program prints\n%s\nGOLDEN=update writes it", shown, want)
	}
	if err := os.WriteFile(readmePath, []byte(before+firstCall+want+end+rest), 0o644); err != nil {
		t.Fatal(err)
	}
}

// shorten leaves out all but the first hospitals of an answer.
func shorten(answer string, hospitals int) string {
	lines := strings.Split(strings.TrimRight(answer, "\n"), "\n")
	head := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "  hospital ") })
	first := head + 1 + hospitals
	last := first
	for last < len(lines) && lines[last] != "" {
		last++
	}
	return strings.Join(slices.Replace(lines, first, last, "  ..."), "\n")
}

// The mistakes in the README are told as it says.
func TestMistakesInTheReadme(t *testing.T) {
	text, err := os.ReadFile(readmePath)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	wrong := strings.NewReplacer("\nbuffer = 30 ", "\nbufer = 30 ", `length = "60 km"`, "length = 60").Replace(template)
	if err := os.WriteFile("mine.toml", []byte(wrong), 0o666); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if status := run(t.Context(), []string{"check", "mine.toml"}, strings.NewReader(""), &out, &out); status != exitBadInput {
		t.Errorf("got exit status %d", status)
	}
	if !strings.Contains(string(text), "\n"+out.String()+"```") {
		t.Errorf("README.md: want a block with\n%s", &out)
	}
}
