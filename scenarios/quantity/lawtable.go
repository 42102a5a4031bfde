package quantity

import (
	"math"
	"strings"

	"oxysim/sim/rng"
)

// A lawForm is one way of writing a law. Two forms may have one name.
type lawForm struct {
	name   string
	usage  string // $1, $2, $3 stand for a small, a medium and a large value of the kind
	params []param
	number bool // gives numbers: for kinds without a unit
	// check returns what is wanted of which argument, or "" if all is well.
	check func(a []float64) (i int, want string)
	// admit returns what the law itself has against the arguments, or nil.
	admit func(a []float64) error
	build func(a []float64) rng.Law
}

// param is what one argument must be.
type param struct {
	label    string  // the word before it, or "" if none; "p" stands for p95 and the like
	want     string  // of a ratio: `a shape such as "shape 2"`
	ratio    bool    // a number, whatever the kind
	positive bool    // above 0
	least    float64 // if a ratio: at least this
	top      float64 // if a ratio: at most this
}

var (
	size     = param{}
	positive = param{positive: true}
	cv       = param{label: "cv", ratio: true, top: 10, want: `a coefficient of variation such as "cv 0.5"`}
)

// lawTable lists the laws. The order is that of their listing in messages.
var lawTable = []lawForm{
	{
		name: "uniform", usage: "uniform($1, $3)", params: []param{size, size}, check: ascending,
		admit: func(a []float64) error { return rng.CheckUniform(a[0], a[1]) },
		build: func(a []float64) rng.Law { return rng.Uniform(a[0], a[1]) },
	},
	{
		name: "triangular", usage: "triangular($1, $2, $3)", params: []param{size, size, size}, check: ascending,
		admit: func(a []float64) error { return rng.CheckTriangular(a[0], a[1], a[2]) },
		build: func(a []float64) rng.Law { return rng.Triangular(a[0], a[1], a[2]) },
	},
	{
		name: "exponential", usage: "exponential($2)", params: []param{positive},
		admit: func(a []float64) error { return rng.CheckExponential(a[0]) },
		build: func(a []float64) rng.Law { return rng.Exponential(a[0]) },
	},
	{
		name: "erlang", usage: "erlang(3, $2)",
		params: []param{{ratio: true, least: 1, top: 1000, want: `a number of phases such as "3"`}, positive},
		check: func(a []float64) (int, string) {
			if a[0] != math.Trunc(a[0]) {
				return 0, "a whole number of phases"
			}
			return 0, ""
		},
		admit: func(a []float64) error { return rng.CheckErlang(int(a[0]), a[1]) },
		build: func(a []float64) rng.Law { return rng.Erlang(int(a[0]), a[1]) },
	},
	{
		name: "gamma", usage: "gamma($2, cv 0.5)", params: []param{positive, cv},
		admit: func(a []float64) error { return rng.CheckGamma(a[0], a[1]) },
		build: func(a []float64) rng.Law { return rng.Gamma(a[0], a[1]) },
	},
	{
		name: "weibull", usage: "weibull($2, shape 2)",
		params: []param{positive, {label: "shape", ratio: true, least: 0.1, top: 100, want: `a shape such as "shape 2"`}},
		admit:  func(a []float64) error { return rng.CheckWeibull(a[0], a[1]) },
		build:  func(a []float64) rng.Law { return rng.Weibull(a[0], a[1]) },
	},
	{
		name: "lognormal", usage: "lognormal($2, cv 0.3)", params: []param{positive, cv},
		admit: func(a []float64) error { return rng.CheckLogNormal(a[0], a[1]) },
		build: func(a []float64) rng.Law { return rng.LogNormal(a[0], a[1]) },
	},
	{
		name: "lognormal", usage: "lognormal(median $1, p95 $3)",
		params: []param{{label: "median", positive: true}, {label: "p", positive: true}},
		check:  quantileBeyond,
		admit:  func(a []float64) error { return rng.CheckLogNormalQuantile(a[0], a[2], a[1]) },
		build:  func(a []float64) rng.Law { return rng.LogNormalQuantile(a[0], a[2], a[1]) },
	},
	{
		name: "hyperexponential", usage: "hyperexponential($2, scv 4)",
		params: []param{positive, {label: "scv", ratio: true, least: 1, top: 10000, want: `a squared coefficient of variation such as "scv 4"`}},
		admit:  func(a []float64) error { return rng.CheckHyperExponential(a[0], a[1]) },
		build:  func(a []float64) rng.Law { return rng.HyperExponential(a[0], a[1]) },
	},
	{
		name: "poisson", usage: "poisson(3)", number: true, params: []param{size},
		admit: func(a []float64) error { return rng.CheckPoisson(a[0]) },
		build: func(a []float64) rng.Law { return rng.Poisson(a[0]) },
	},
	{
		name: "negative-binomial", usage: "negative-binomial(3, dispersion 1.5)", number: true,
		params: []param{size, {label: "dispersion", ratio: true, least: 1, top: 1000, want: `a ratio of variance to mean such as "dispersion 1.5"`}},
		admit:  func(a []float64) error { return rng.CheckNegativeBinomial(a[0], a[1]) },
		build:  func(a []float64) rng.Law { return rng.NegativeBinomial(a[0], a[1]) },
	},
	{name: "empirical", usage: "empirical($1: 1/4, $2: 1/2, $3: 1/4)"},
	{name: "compound", usage: "compound(poisson(3), uniform($1, $3))"},
}

// ascending wants each argument to be at least the one before.
func ascending(a []float64) (int, string) {
	for i := 1; i < len(a); i++ {
		if a[i] < a[i-1] {
			return i, "at least the " + ordinal(i-1)
		}
	}
	return 0, ""
}

// quantileBeyond wants a quantile on its own side of the median. a[2] is its
// probability.
func quantileBeyond(a []float64) (int, string) {
	switch median, x, p := a[0], a[1], a[2]; {
	case p > 0.5 && !(x > median):
		return 1, "more than the median"
	case p < 0.5 && !(x < median):
		return 1, "less than the median"
	}
	return 0, ""
}

// formsOf returns the forms called name.
func formsOf(name string) []*lawForm {
	var forms []*lawForm
	for i := range lawTable {
		if lawTable[i].name == name {
			forms = append(forms, &lawTable[i])
		}
	}
	return forms
}

// lawNames returns the names of the laws that a kind may have.
func lawNames(d *dimension) []string {
	var names []string
	for _, f := range lawTable {
		if (len(names) == 0 || names[len(names)-1] != f.name) && (d.bare || !f.number) {
			names = append(names, f.name)
		}
	}
	return names
}

// lawSizes are a small, a medium and a large value of each kind that has laws.
func lawSizes(d *dimension) [3]string {
	switch d {
	case &aTime:
		return [3]string{"1h", "2h", "5h"}
	case &aFlow:
		return [3]string{"5 L/min", "10 L/min", "30 L/min"}
	case &aVolume:
		return [3]string{"1 m3", "2 m3", "5 m3"}
	}
	return [3]string{"1", "2", "5"}
}

// inUse returns the usage of a form for a kind.
func (f *lawForm) inUse(d *dimension) string {
	s := lawSizes(d)
	return strings.NewReplacer("$1", s[0], "$2", s[1], "$3", s[2]).Replace(f.usage)
}

func lawWanted(d *dimension) string {
	example := "gamma"
	if d == &aCount {
		example = "poisson"
	}
	return d.wanted() + ` or a law such as "` + formsOf(example)[0].inUse(d) + `"`
}

func lawExamples(d *dimension) []string {
	examples := []string{d.example}
	for i := range lawTable {
		if d.bare || !lawTable[i].number {
			examples = append(examples, lawTable[i].inUse(d))
		}
	}
	return examples
}

func lawPattern(d *dimension) string {
	plain := strings.TrimSuffix(strings.TrimPrefix(d.pattern(), "^"), "$")
	return "^(" + plain + "|(" + strings.Join(lawNames(d), "|") + `)\s*\(.*\))$`
}
