package oxysim

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers says which folders each folder may import, itself apart. A new arrow
// is a decision to record in docs/decisions.
var layers = map[string][]string{
	"sim":                {},
	"sim/rng":            {},
	"sim/stats":          {},
	"sim/montecarlo":     {},
	"model":              {"sim", "sim/rng"},
	"scenarios/quantity": {"sim/rng"},
	"scenarios/source":   {"scenarios/quantity"},
	"scenarios":          {"scenarios/quantity", "scenarios/source", "model", "sim", "sim/rng"},
	"scenarios/stock":    {"scenarios", "scenarios/quantity", "scenarios/source", "model", "sim"},
	"scenarios/workbook": {"scenarios", "scenarios/quantity", "scenarios/source"},
	"study":              {"scenarios", "scenarios/quantity", "scenarios/stock", "scenarios/source", "model", "sim", "sim/rng", "sim/stats", "sim/montecarlo"},
	"report":             {"study", "scenarios", "scenarios/quantity", "scenarios/stock", "model", "sim", "sim/stats"},
	"plots":              {"study", "scenarios", "model", "sim", "sim/stats"},
	"cmd/oxysim":         {"plots", "report", "study", "scenarios", "scenarios/quantity", "scenarios/source", "scenarios/stock", "scenarios/workbook", "model", "sim", "docs"},
	"validation":         {"scenarios", "scenarios/quantity", "scenarios/source", "study", "model", "sim", "sim/rng", "sim/stats", "sim/montecarlo"},
}

// only says which folders may import a module from outside.
var only = map[string][]string{
	"github.com/BurntSushi/toml":      {"scenarios/source"},
	"github.com/pelletier/go-toml":    {"scenarios/source"},
	"gonum.org/v1/plot":               {"plots"},
	"codeberg.org/go-fonts":           {"plots"},
	"codeberg.org/go-pdf":             {"plots"},
	"golang.org/x/image":              {"plots"},
	"gonum.org/v1/gonum":              {"sim", "sim/rng", "sim/stats", "model", "study", "plots"},
	"github.com/jedib0t/go-pretty":    {"report", "cmd/oxysim"},
	"github.com/spf13":                {"cmd/oxysim"},
	"golang.org/x/term":               {"cmd/oxysim"},
	"github.com/google/jsonschema-go": {"scenarios/source"},
	"github.com/agext/levenshtein":    {"scenarios/quantity"},
	"github.com/xuri/excelize":        {"scenarios/stock", "scenarios/workbook", "report"},
	"github.com/parquet-go":           {"report"},
	"github.com/paulmach/orb":         {"scenarios/workbook"},
}

// concurrent are the folders in which goroutines are started; in shared, what
// their workers share is behind a lock.
var (
	concurrent = []string{"sim/montecarlo", "cmd/oxysim"}
	shared     = []string{"study", "scenarios/source"}
)

// source is a file of the program; tests are none, and bench is a program of
// its own.
type source struct {
	folder string
	name   string
	file   *ast.File
}

func sources(t *testing.T) (list []source) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := path.Base(name); name != "." && (strings.HasPrefix(base, ".") || base == "testdata" || name == "bench" || name == "docs") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		list = append(list, source{path.Dir(name), name, f})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Imports point down only, and what is used in one place stays there.
func TestImportsPointDown(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range sources(t) {
		allowed, ok := layers[s.folder]
		if !ok {
			t.Errorf("%s: the folder %s has no place among the layers", s.name, s.folder)
			continue
		}
		seen[s.folder] = true
		for _, i := range s.file.Imports {
			imported, _ := strconv.Unquote(i.Path.Value)
			if inner, own := strings.CutPrefix(imported, "oxysim/"); own {
				if inner != s.folder && !slices.Contains(allowed, inner) {
					t.Errorf("%s imports %s: it may import %v", s.name, imported, allowed)
				}
				continue
			}
			if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
				continue // the standard library
			}
			known := false
			for module, folders := range only {
				if imported == module || strings.HasPrefix(imported, module+"/") {
					known = true
					if !slices.Contains(folders, s.folder) {
						t.Errorf("%s imports %s: only %v may", s.name, imported, folders)
					}
				}
			}
			if !known {
				t.Errorf("%s imports %s, of which nothing is said who may", s.name, imported)
			}
		}
	}
	for folder := range layers {
		if !seen[folder] {
			t.Logf("there is no folder %s yet", folder)
		}
	}
}

// The arrows themselves have no circle: every folder is below those that may
// import it.
func TestLayersHaveNoCircle(t *testing.T) {
	var visit func(folder string, above []string)
	visit = func(folder string, above []string) {
		if slices.Contains(above, folder) {
			t.Fatalf("a circle: %v", append(above, folder))
		}
		for _, below := range layers[folder] {
			visit(below, append(slices.Clone(above), folder))
		}
	}
	for folder := range layers {
		visit(folder, nil)
	}
}

// Goroutines are started by those who run replications and by the command, and
// by nobody else: everything else belongs to one goroutine.
func TestGoroutinesAreStartedInFewPlaces(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains(concurrent, s.folder) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s starts a goroutine", s.name)
			case *ast.ImportSpec:
				if (n.Path.Value == `"sync"` || n.Path.Value == `"sync/atomic"`) && !slices.Contains(shared, s.folder) {
					t.Errorf("%s imports %s, and should need no such thing", s.name, n.Path.Value)
				}
			}
			return true
		})
	}
}

// Time that passes outside the simulation is looked at by the command only, so
// that no answer depends on it; and so is the environment.
func TestAnswersDependOnNothingOutside(t *testing.T) {
	outside := map[string][]string{"time": {"Now", "Since", "Sleep", "After", "Tick"}, "os": {"Getenv", "LookupEnv", "Environ"}}
	for _, s := range sources(t) {
		if s.folder == "cmd/oxysim" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && slices.Contains(outside[x.Name], sel.Sel.Name) {
				t.Errorf("%s uses %s.%s", s.name, x.Name, sel.Sel.Name)
			}
			return true
		})
	}
}
