package oxysim

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// texts returns the files of the repository whose names end so, by path.
func texts(t *testing.T, suffix string) map[string]string {
	t.Helper()
	list := map[string]string{}
	root := os.DirFS(".")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, suffix):
			return nil
		}
		text, err := fs.ReadFile(root, name)
		list[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Links between documents, and from them to the code, lead somewhere.
func TestLinksInDocumentsLead(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#]+)`)
	for name, text := range texts(t, ".md") {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(path.Join(path.Dir(name), m[1])); err != nil {
				t.Errorf("%s: the link %s leads nowhere", name, m[1])
			}
		}
	}
}

// What the tour of the code calls by name is there.
func TestNamesInTheTourExist(t *testing.T) {
	words := map[string]bool{}
	word := regexp.MustCompile(`\w+`)
	for _, text := range texts(t, ".go") {
		for _, w := range word.FindAllString(text, -1) {
			words[w] = true
		}
	}
	const page = "docs/architecture.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile("`(?:\\w+\\.)?([A-Za-z]+)`").FindAllStringSubmatch(string(text), -1)
	for _, m := range names {
		if !words[m[1]] {
			t.Errorf("%s: there is no %s in the code", page, m[1])
		}
	}
	if len(names) < 50 {
		t.Errorf("%s: got %d names", page, len(names))
	}
}
