package validation

import (
	"os/exec"
	"regexp"
	"runtime"
	"testing"
)

// What decides a number is never computed with a fused multiply-add, which
// rounds once where others round twice: the compiler for arm64, which fuses
// wherever it may, finds nothing to fuse.
func TestNothingIsFused(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil || runtime.GOOS == "js" || testing.Short() {
		t.Skip("wants the go command")
	}
	build := exec.Command("go", "build", "-gcflags=-S", "oxysim/sim", "oxysim/sim/rng", "oxysim/model", "oxysim/scenarios", "oxysim/scenarios/quantity")
	build.Env = append(build.Environ(), "GOARCH=arm64", "GOOS=linux", "CGO_ENABLED=0")
	listing, err := build.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%.2000s", err, listing)
	}
	for _, line := range regexp.MustCompile(`(?m)^.*FN?M(ADD|SUB)[DS]\b.*$`).FindAll(listing, 10) {
		t.Errorf("write float64(a*b) + c: %s", line)
	}
}
