package stats

import (
	"os"
	"testing"
)

// long says that coverages are to be measured, not only watched for damage.
var long = os.Getenv("OXYSIM_LONG") == "1"

// fewestStudies is the number below which a test that is bent does not fail.
const fewestStudies = 50

// measured returns how many studies to simulate: 2000 if OXYSIM_LONG is 1,
// otherwise as few as are asked for, or in a hurry a tenth, with the tolerance
// that follows from the number.
func measured(few int) int {
	if long {
		return 2000
	}
	return max(fewestStudies, studiesOf(few))
}

// logCoverage prints what was measured, for the documentation.
func logCoverage(t *testing.T, what string, hits, studies int) {
	t.Helper()
	t.Logf("%s: %.4f of %d studies", what, float64(hits)/float64(studies), studies)
}
