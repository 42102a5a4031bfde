package quantity

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// expr is a law as it was written: its name, or "" for a value that never
// varies, and its arguments.
type expr struct {
	name string
	form *lawForm // of laws that are not constant, empirical or compound
	args []arg
}

// arg is one argument of a law.
type arg struct {
	amount
	label  string
	ratio  bool    // a number, whatever the kind of the law
	p      float64 // of a quantile: its probability, otherwise 0
	weight float64 // of a value of an empirical law; 0 if it is as likely as the others
	sub    *expr   // of a compound law, instead of an amount
	of     *dimension
}

func constant(x float64) expr {
	return expr{args: []arg{{amount: amount{x: x, lo: x, hi: x}}}}
}

// argDimension is the kind of the arguments of a law of a kind: those of a
// law of whole numbers need not be whole.
func argDimension(d *dimension) *dimension {
	if d == &aCount {
		return &aMean
	}
	return d
}

// parseLaw reads a plain value or a law.
func parseLaw(d *dimension, text string) (expr, error) {
	e, err := parseExpr(d, text, 0)
	if err != nil {
		return expr{}, err
	}
	if e.ranges() > 1 {
		return expr{}, &WantError{Want: "at most one argument with a range", Got: text}
	}
	return e, nil
}

// deepest is how often a compound law may contain another.
const deepest = 5

func parseExpr(d *dimension, text string, depth int) (expr, error) {
	t := tidy(text)
	name, inside, call := strings.Cut(t, "(")
	name = strings.ToLower(strings.TrimSpace(name))
	if !call || name == "" || !strings.ContainsAny(name[:1], "abcdefghijklmnopqrstuvwxyz") {
		return parseConstant(d, text)
	}
	inside, closed := strings.CutSuffix(inside, ")")
	if !closed {
		return expr{}, &WantError{Want: `a law that ends in ")"`, Got: text}
	}
	forms := formsOf(name)
	if len(forms) == 0 {
		names := lawNames(d)
		hint := "the laws are " + strings.Join(names, ", ")
		if g := Guess(name, names); g != "" {
			hint = didYouMean(g) + " " + hint
		}
		return expr{}, &WantError{Want: `a law such as "` + formsOf("exponential")[0].inUse(d) + `"`, Got: text, Hint: hint}
	}
	if forms[0].number && !d.bare {
		return expr{}, fmt.Errorf("%s is a law of numbers of things: %w", name, &WantError{Want: lawWanted(d), Got: text})
	}
	fields := splitArguments(inside)
	switch name {
	case "empirical":
		return parseEmpirical(d, text, fields)
	case "compound":
		return parseCompound(d, text, fields, depth)
	}
	form := forms[0]
	if len(forms) > 1 && strings.HasPrefix(strings.ToLower(inside), forms[1].params[0].label) {
		form = forms[1]
	}
	if len(fields) != len(form.params) {
		return expr{}, &WantError{Want: numberOf(len(form.params)) + ` as in "` + form.inUse(d) + `"`, Got: text}
	}
	e := expr{name: name, form: form}
	for i, field := range fields {
		a, err := form.params[i].parse(d, form, field)
		if err != nil {
			return expr{}, inArgument(i, name, err)
		}
		e.args = append(e.args, a)
	}
	if form.check != nil {
		if i, want := form.check(e.values()); want != "" {
			return expr{}, inArgument(i, name, &WantError{Want: want, Got: fields[i]})
		}
	}
	return e, nil
}

// parseConstant reads a plain value. Its error mentions laws.
func parseConstant(d *dimension, text string) (expr, error) {
	a, err := d.parse(text)
	if err != nil {
		var w *WantError
		if errors.As(err, &w) && w.Want == d.wanted() {
			w.Want = lawWanted(d)
		}
		return expr{}, err
	}
	return expr{args: []arg{{amount: a}}}, nil
}

func parseEmpirical(d *dimension, text string, fields []string) (expr, error) {
	e := expr{name: "empirical"}
	weighted, sum := 0, 0.0
	for i, field := range fields {
		value, weight, colon := strings.Cut(field, ":")
		a, err := d.parse(strings.TrimSpace(value))
		if err != nil {
			return expr{}, inArgument(i, e.name, err)
		}
		x := arg{amount: a}
		if colon {
			weight = strings.TrimSpace(weight)
			w, n := scanFraction(weight)
			if n == 0 || n < len(weight) || !(w >= 0) || w > largest {
				return expr{}, inArgument(i, e.name, &WantError{Want: `a weight such as "` + lawSizes(d)[0] + `: 1/4"`, Got: field})
			}
			x.weight = w
			sum += w
			weighted++
		}
		e.args = append(e.args, x)
	}
	switch {
	case len(fields) == 0:
		return expr{}, &WantError{Want: `values as in "` + formsOf(e.name)[0].inUse(d) + `"`, Got: text}
	case weighted != 0 && weighted != len(fields):
		return expr{}, &WantError{Want: "a weight for every value or for none", Got: text}
	case weighted != 0 && sum == 0:
		return expr{}, &WantError{Want: "a weight above 0", Got: text}
	case weighted == 0:
		return e, nil
	}
	e.args = slices.DeleteFunc(e.args, func(a arg) bool { return a.weight == 0 })
	return e, nil
}

func parseCompound(d *dimension, text string, fields []string, depth int) (expr, error) {
	form := formsOf("compound")[0]
	if len(fields) != 2 || depth == deepest {
		return expr{}, &WantError{Want: numberOf(2) + ` as in "` + form.inUse(d) + `"`, Got: text}
	}
	e := expr{name: form.name}
	for i, of := range []*dimension{&aCount, d} {
		sub, err := parseExpr(of, fields[i], depth+1)
		if err != nil {
			return expr{}, inArgument(i, e.name, err)
		}
		e.args = append(e.args, arg{sub: &sub, of: of})
	}
	return e, nil
}

// parse reads one argument with its label.
func (p param) parse(d *dimension, form *lawForm, field string) (arg, error) {
	of, a := argDimension(d), arg{label: p.label, ratio: p.ratio}
	if p.ratio {
		of = &aRatio
	}
	rest := field
	if label, tail, ok := cutLabel(field); ok {
		switch {
		case p.label == "p" && quantile(label) > 0:
			a.label, a.p = label, quantile(label)
		case label != p.label && (label != "mean" || p.label != "" || p.ratio):
			return arg{}, &WantError{Want: p.wanted(d, of), Got: field}
		}
		rest = tail
	} else if p.label != "" {
		return arg{}, &WantError{Want: p.wanted(d, of), Got: field}
	}
	if p.label == "p" && a.p == 0 {
		return arg{}, &WantError{Want: p.wanted(d, of), Got: field}
	}
	x, err := of.parse(rest)
	if err != nil {
		var w *WantError
		if p.ratio && errors.As(err, &w) {
			w.Want, w.Got, w.Kind = p.want, field, ""
		}
		return arg{}, err
	}
	switch {
	case p.positive && !(x.lo > 0):
		return arg{}, &WantError{Want: of.noun + " above 0", Got: field}
	case of.signed && form.number && x.lo < 0:
		return arg{}, &WantError{Want: of.noun + " of at least 0", Got: field}
	case p.ratio && !(x.lo >= p.least):
		return arg{}, &WantError{Want: p.want, Got: field, Hint: "at least " + plain(p.least)}
	case p.ratio && x.hi > p.top:
		return arg{}, &WantError{Want: p.want, Got: field, Hint: "at most " + plain(p.top)}
	}
	a.amount = x
	return a, nil
}

// wanted returns what an argument must be: `a time such as "median 1h"`.
func (p param) wanted(d, of *dimension) string {
	sizes := lawSizes(d)
	switch {
	case p.ratio:
		return p.want
	case p.label == "p":
		return of.noun + ` such as "p95 ` + sizes[2] + `"`
	case p.label != "":
		return of.noun + ` such as "` + p.label + " " + sizes[0] + `"`
	}
	return of.wanted()
}

// cutLabel splits "cv 0.3" and "cv = 0.3".
func cutLabel(field string) (label, rest string, ok bool) {
	end := strings.IndexAny(field, " =")
	if end <= 0 || !strings.ContainsAny(strings.ToLower(field[:1]), "abcdefghijklmnopqrstuvwxyz") {
		return "", "", false
	}
	rest = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(field[end:]), "="))
	return strings.ToLower(field[:end]), rest, true
}

// quantile returns the probability that a label such as "p95" names, or 0 if
// it names none, or that of the median.
func quantile(label string) float64 {
	digits, ok := strings.CutPrefix(label, "p")
	if !ok {
		return 0
	}
	if x, n := scanNumber(digits); n > 0 && n == len(digits) && x >= 0.01 && x <= 99.99 && x != 50 {
		return x / 100
	}
	return 0
}

// splitArguments splits at the commas that are in no brackets.
func splitArguments(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	var fields []string
	depth, start := 0, 0
	for i, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ',' && depth <= 0:
			fields = append(fields, strings.TrimSpace(s[start:i]))
			start = i + 1
		}
	}
	return append(fields, strings.TrimSpace(s[start:]))
}

func inArgument(i int, name string, err error) error {
	return fmt.Errorf("the %s argument of %s: %w", ordinal(i), name, err)
}

// ordinal returns the name of position i, counted from 0.
func ordinal(i int) string {
	if words := []string{"first", "second", "third", "fourth", "fifth"}; i < len(words) {
		return words[i]
	}
	return strconv.Itoa(i+1) + "th"
}

func numberOf(arguments int) string {
	return [...]string{"", "one argument", "two arguments", "three arguments"}[arguments]
}
