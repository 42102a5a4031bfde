package main

import (
	"bytes"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"oxysim/plots"
)

// The page of figures lists every figure, and every command on it has drawn the
// file beside it: its foot says so. Whether the numbers are of today, make figures
// and the diff tell.
func TestPageOfFigures(t *testing.T) {
	const folder = "../../docs/figures"
	page, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range plots.Figures {
		if !bytes.Contains(page, []byte("| `"+e.Name+"` |")) {
			t.Errorf("the page does not list %s", e.Name)
		}
	}
	calls := regexp.MustCompile(`(?m)^(oxysim plot .*) -o (\S+)$`).FindAllStringSubmatch(string(page), -1)
	if len(calls) < 3*len(plots.Figures) {
		t.Errorf("got %d commands, want each figure of three scenarios", len(calls))
	}
	for _, c := range calls {
		svg, err := os.ReadFile(filepath.Join(folder, c[2]))
		if err != nil {
			t.Error(err)
			continue
		}
		if text := html.UnescapeString(string(svg)); !strings.Contains(text, ">"+c[1]+"<") {
			t.Errorf("%s is not drawn by %s", c[2], c[1])
		}
	}
}
