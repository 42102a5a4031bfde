package validation

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/sim/stats"
)

const page = "../docs/validation.md"

// row is a line of the page.
type row struct {
	claim
	straight, bent *stats.Tally
}

// checkPage compares the page with what was simulated, or writes it.
func checkPage(t *testing.T, rows []row) {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Simulated beside exact

This page is written by the tests: `+"`GOLDEN=update go test ./validation`"+`. Behaviour version %d of the model, seed 1.

Each row is a ready-made scenario, run through the reader, the model and the engine. A simulated mean agrees if it is within four
standard errors (SE) and 0.1 %% of the exact value; every SE is below 1 %%. The last column is the same number with a parameter bent
by 5 %%: it must not agree, or the row would show nothing. What the scenarios mean and where the exact values come from:
[the exact cases](scenarios/exact.md).

| case | number | scenario | exact | simulated ± SE | z | bent by 5 %% |
| --- | --- | --- | ---: | ---: | ---: | ---: |
`, model.Behaviour)
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s | `%s` | %.6g | %.6g ± %.2g | %+.1f | %.6g |\n", r.id, r.what, r.scenario, r.exact,
			r.straight.Mean, r.straight.StdErr(), (r.straight.Mean-r.exact)/r.straight.StdErr(), r.bent.Mean)
	}
	b.WriteString(`
## Without chance

V42: numbers on which two other programs agree. They are equal to the last digit.

| scenario | number | exact | simulated |
| --- | --- | ---: | ---: |
`)
	for _, c := range plains {
		fmt.Fprintf(&b, "| `%s` | %s | %.6g | %.6g |\n", c.scenario, strings.ReplaceAll(c.metric, "_", " "), c.exact, value(t, c.scenario, c.metric))
	}
	b.WriteString(`
## Elsewhere

| case | what | test |
| --- | --- | --- |
| V21 | least buffer with P(empty in a year) ≤ 5 %: 19 cylinders | ` + "`study`: `TestPlanFindsTheExactMinimum`, `TestPlanKeepsItsPromise`" + ` |
| V21 | probability that a larger shelf is empty within 30 days, down to 2.2e-6 | ` + "`study`: `TestRareFindsTheExactProbability`" + ` |
| V23 | least fleet of a closed loop: 10 and 13 cylinders | ` + "`study`: `TestPlanFindsTheLeastFleet`" + ` |
| V27 | least tank with P(empty) ≤ 1 %: 50.28 m3 in the case's units, to 1 % | ` + "`study`: `TestPlanBracketsTheExactTank`" + ` |
| V34 | constants of Kim & Nelson and of Rinott, to 1e-4 | ` + "`sim/stats`: `TestSelectionConstantsAreExact`" + ` |
| V36 | indices of Ishigami and Sobol's g, to 0.01; Ishigami through a scenario file | ` + "`sim/stats`; `study`: `TestSobolOfIshigami`" + ` |
| V37 | values of information, to 1e-5; simulated within 4 SE | ` + "`sim/stats`; `study`: `TestInformationOfANormalBenefit`" + ` |
| V44 | shares of roads and of demand in what is owed at a visit | ` + "`study`: `TestSharesOfTheExactCase`" + ` |
| V29 | a queue's overflow, probability 9.5e-7, by splitting copies of the state | ` + "`sim`: `TestSplittingFindsARareOverflow`" + ` |
| V32, V35 | intervals of a probability and of a quantile, to 1e-5 | ` + "`sim/stats`" + ` |
| V33 | the anytime-valid sequence, to 1e-5 | ` + "`sim/stats`" + ` |
| V41 | a million replications and names share no stream | ` + "`sim/rng`" + ` |
| closed loop | fraction of demand lost 0.0231 ± 0.0002, from an independent program | ` + "`model`: `TestClosedLoop`; `bench/`" + ` |
`)
	if os.Getenv("GOLDEN") == "update" {
		if err := os.WriteFile(page, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(page)
	if err != nil || !bytes.Equal(want, b.Bytes()) {
		t.Errorf("%s is not what the tests give; write it anew with GOLDEN=update go test ./validation, and read the diff", page)
	}
}
