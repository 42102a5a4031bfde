package scenarios

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"oxysim/scenarios/quantity"
)

const referencePage = "../docs/scenario-reference.md"

// The page of all keys is what the program prints.
func TestReferencePageIsCurrent(t *testing.T) {
	got := []byte(Reference())
	if os.Getenv("GOLDEN") == "update" {
		if err := os.WriteFile(referencePage, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(referencePage)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what oxysim schema --reference prints; write it anew with GOLDEN=update go test ./scenarios", referencePage)
	}
}

// The first block of the page is a scenario, and the table of laws has laws.
func TestReferencePageIsTrue(t *testing.T) {
	_, block, _ := strings.Cut(writing, "```toml\n")
	block, _, _ = strings.Cut(block, "```")
	if _, problems := Read(fstest.MapFS{"page.toml": {Data: []byte(block)}}, "page.toml"); len(problems) > 0 {
		t.Errorf("writing.md: %s", problems.Long())
	}
	_, laws, _ := strings.Cut(writing, "\n## Laws")
	laws, _, _ = strings.Cut(laws, "\n## ")
	rows := regexp.MustCompile(`(?m)^\| `+"`.*`"+` \|`).FindAllString(laws, -1)
	if len(rows) < 10 {
		t.Errorf("writing.md: got %d rows of laws", len(rows))
	}
	for _, row := range rows {
		for _, m := range regexp.MustCompile("`\"(.*?)\"`").FindAllStringSubmatch(row, -1) {
			_, asSpan := quantity.Parse[quantity.SpanLaw](m[1])
			_, asCount := quantity.Parse[quantity.CountLaw](m[1])
			if asSpan != nil && asCount != nil {
				t.Errorf("writing.md: %s: %v", m[1], asSpan)
			}
		}
	}
}

// What the page of the model says of defaults is so.
func TestDefaultsInTheModelPageAreTrue(t *testing.T) {
	page, err := os.ReadFile("../docs/model.md")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile("`([A-Za-z_.]+)`, default `([^`]+)`").FindAllStringSubmatch(string(page), -1)
	if len(said) < 10 {
		t.Errorf("docs/model.md: got %d defaults", len(said))
	}
	for _, m := range said {
		dot := strings.LastIndexByte(m[1], '.')
		_, section, _ := strings.Cut(Reference(), "\n## `["+m[1][:dot]+"]`\n")
		section, _, _ = strings.Cut(section, "\n## ")
		row := regexp.MustCompile("(?m)^\\| `" + m[1][dot+1:] + "` \\|.*$").FindString(section)
		if !strings.Contains(row, "| `"+m[2]+"` |") {
			t.Errorf("docs/model.md: %s has no default %s", m[1], m[2])
		}
	}
}
