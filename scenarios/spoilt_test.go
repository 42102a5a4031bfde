package scenarios

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/sim"
)

// texts returns scenarios of one file each.
func texts(t *testing.T) []string {
	t.Helper()
	list := []string{small}
	for _, name := range []string{"one-cylinder", "exact-closed-loop", "exact-buffer-tank", "exact-visits"} {
		files, _ := ReadyFiles(name)
		text, err := fs.ReadFile(files, name+".toml")
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(text))
	}
	return list
}

// spoil leaves out, exchanges and changes the numbers of a few lines.
func spoil(text string, r *rand.Rand) string {
	number := regexp.MustCompile(`\d+(\.\d+)?`)
	lines := strings.Split(text, "\n")
	for range 1 + r.IntN(3) {
		i, j := r.IntN(len(lines)), r.IntN(len(lines))
		switch r.IntN(3) {
		case 0:
			lines = slices.Delete(lines, i, i+1)
		case 1:
			lines[i], lines[j] = lines[j], lines[i]
		default:
			lines[i] = number.ReplaceAllStringFunc(lines[i], func(string) string {
				return []string{"0", "1", "7", "1000000", "0.000001", "-1", "99999999999"}[r.IntN(7)]
			})
		}
		if len(lines) == 0 {
			return ""
		}
	}
	return strings.Join(lines, "\n")
}

// A planner's slip of the finger gives problems, or a world that runs. This
// reaches deeper than fuzzing by bytes, which mostly spoils the spelling.
func TestSpoiltScenariosAreRefusedOrRun(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	list := texts(t)
	n := 2000
	if testing.Short() {
		n = 200
	}
	for k := range n {
		text := spoil(list[r.IntN(len(list))], r)
		s, problems := read(text)
		if s == nil {
			if len(problems) == 0 {
				t.Fatalf("number %d: neither a scenario nor a problem:\n%s", k, text)
			}
			continue
		}
		s.Config.Horizon = min(s.Config.Horizon, sim.Day)
		s.Config.WarmUp = 0
		if broken := runs(s.Config); broken != "" {
			t.Fatalf("number %d: %s:\n%s", k, broken, text)
		}
	}
}

// runs runs a world and says what it panicked with, if it did.
func runs(c *model.Config) (broken string) {
	defer func() {
		if p := recover(); p != nil {
			broken = fmt.Sprint(p)
		}
	}()
	model.New(c).Run(1, 0)
	return ""
}
