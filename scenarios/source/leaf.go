package source

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"oxysim/scenarios/quantity"
)

// leaf reads a value that is neither table nor list.
func (d *decoder) leaf(n *node, path []string, v reflect.Value, f *field) {
	if n.form != leaf {
		d.add(n.at, path, "want %s, not %s", f.wanted(), n.name())
		return
	}
	kind := whatIs(v.Type())
	if n.readAs(f, v) {
		d.note(path, scalarOf(v, kind))
		return
	}
	if err := d.parse(n, v, kind, f); err != nil {
		d.add(n.at, path, "%s", err)
		return
	}
	if kind == isString && len(f.oneof) > 0 {
		if err := quantity.OneOf(v.String(), f.oneof); err != nil {
			d.add(n.at, path, "%s", err)
			return
		}
	}
	scalar := scalarOf(v, kind)
	for _, b := range f.bounds {
		if !within(b, scalar, v.Type(), kind, f) {
			d.add(n.at, path, "want %s, not %s", b.wants(), n.echo())
			return
		}
	}
	d.note(path, scalar)
	n.canon = canonical(v, kind)
	n.remember(f, v)
}

// note remembers a number of the scenario; nil is none.
func (d *decoder) note(path []string, scalar quantity.Scalar) {
	if scalar != nil {
		d.tree.scalars[joinKey(path)] = scalar
	}
}

// readAs sets v to what the node was read as, and reports whether it was, as the
// same field.
func (n *node) readAs(f *field, v reflect.Value) bool {
	if n.read.as != f || !f.lasts {
		return false
	}
	v.Set(n.read.value)
	n.canon = n.read.canon
	return true
}

// remember keeps what the node was read as.
func (n *node) remember(f *field, v reflect.Value) {
	if f.lasts {
		value := reflect.New(v.Type()).Elem()
		value.Set(v)
		n.read = reading{f, value, n.canon}
	}
}

// parse reads the text of n into v.
func (d *decoder) parse(n *node, v reflect.Value, kind what, f *field) error {
	_, quoted := n.value.(string)
	quoted = quoted && !n.loose
	wrong := func() error { return fmt.Errorf("want %s, not %s", f.wanted(), n.echo()) }
	text := strings.TrimSpace(n.text)
	switch kind {
	case isText:
		err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.text))
		var w *quantity.WantError
		if errors.As(err, &w) && !strings.HasPrefix(n.echo(), `"`) {
			w.Bare = w.Got == n.text
		}
		return err
	case isString:
		if _, isText := n.value.(string); !isText && !n.loose {
			return wrong()
		}
		v.SetString(n.text)
	case isBool:
		b, err := strconv.ParseBool(text)
		if err != nil || quoted || text != strconv.FormatBool(b) {
			return wrong()
		}
		v.SetBool(b)
	case isInt:
		return d.parseInt(n, text, quoted, v, wrong)
	case isFloat:
		x, isNumber := n.value.(float64)
		if i, isInt := n.value.(int64); isInt {
			x, isNumber = float64(i), true
		}
		if !isNumber && n.loose {
			x, isNumber = plainNumber(text)
		}
		if !isNumber || quoted || math.IsNaN(x) || math.IsInf(x, 0) || v.OverflowFloat(x) {
			return wrong()
		}
		v.SetFloat(x)
	}
	return nil
}

func (d *decoder) parseInt(n *node, text string, quoted bool, v reflect.Value, wrong func() error) error {
	if quoted {
		return wrong()
	}
	i, isInt := n.value.(int64)
	x, isFloat := n.value.(float64)
	if !isInt && n.loose {
		digits := strings.ReplaceAll(text, "_", "")
		j, err := strconv.ParseInt(digits, 10, 64)
		if err != nil && v.CanUint() {
			u, err := strconv.ParseUint(digits, 10, 64)
			if err == nil && !v.OverflowUint(u) {
				v.SetUint(u)
				return nil
			}
		}
		i, isInt = j, err == nil
		if y, ok := plainNumber(text); ok {
			x, isFloat = y, true // 1e3, for example
		}
	}
	if !isInt && isFloat && x == math.Trunc(x) && math.Abs(x) < 1<<53 {
		i, isInt = int64(x), true
	}
	switch {
	case !isInt:
		return wrong()
	case v.CanInt() && !v.OverflowInt(i):
		v.SetInt(i)
	case v.CanUint() && i >= 0 && !v.OverflowUint(uint64(i)):
		v.SetUint(uint64(i))
	default:
		return fmt.Errorf("want a whole number in range, not %s", n.echo())
	}
	return nil
}

// plainNumber reads a number without a range.
func plainNumber(text string) (x float64, ok bool) {
	n, err := quantity.Parse[quantity.Number](text)
	_, _, ranged := n.Bounds()
	return n.Float(), err == nil && !ranged
}

// scalarOf returns a value as one number, or nil if it is none.
func scalarOf(v reflect.Value, kind what) quantity.Scalar {
	switch {
	case kind == isText && v.Type().Implements(scalarType):
		return v.Interface().(quantity.Scalar)
	case kind == isInt && v.CanInt():
		return number{float64(v.Int()), true}
	case kind == isInt:
		return number{float64(v.Uint()), true}
	case kind == isFloat:
		return number{v.Float(), false}
	}
	return nil
}

// number is a number without a quantity as a quantity.Scalar.
type number struct {
	x     float64
	whole bool
}

func (n number) Base() float64                     { return n.x }
func (n number) Bounds() (lo, hi float64, ok bool) { return n.x, n.x, false }
func (n number) String() string                    { return n.Write(n.x) }

func (n number) Write(x float64) string {
	if n.whole {
		x = math.Round(x)
	}
	if math.Abs(x) < 1e15 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// within reports whether a value, with its range, keeps a bound. It panics if
// the tag of the bound is no value of the type.
func within(b bound, s quantity.Scalar, t reflect.Type, kind what, f *field) bool {
	limit := reflect.New(t).Elem()
	n := &node{form: leaf, text: b.text, value: b.text, loose: true}
	err := (&decoder{}).parse(n, limit, kind, &field{typ: t})
	at := scalarOf(limit, kind)
	if err != nil || at == nil || s == nil {
		panic(fmt.Sprintf("source: the tag %s:%q of %s.%s is no limit of a %s: %v", b.tag, b.text, f.owner, f.name, t, err))
	}
	lo, hi, ok := s.Bounds()
	if !ok {
		lo, hi = s.Base(), s.Base()
	}
	switch b.tag {
	case "min":
		return lo >= at.Base()
	case "max":
		return hi <= at.Base()
	}
	return lo > at.Base()
}

// cells reads many numbers: a list, or "demand.csv#Erbil", the column of a table.
func (d *decoder) cells(n *node, path []string, v reflect.Value, f *field) {
	if n.readAs(f, v) {
		return
	}
	before := len(d.problems)
	target := v.Addr().Interface().(cells)
	name, column, isColumn := strings.Cut(n.text, "#")
	switch {
	case n.form == list:
		var texts []string
		for i, item := range n.items {
			if item.form != leaf {
				d.add(item.at, extend(path, index(i)), "want %s, not %s", f.wanted(), item.name())
				return
			}
			texts = append(texts, item.text)
		}
		if len(texts) == 0 {
			d.add(n.at, path, "want %s, not an empty list", f.wanted())
			return
		}
		target.UnmarshalCells("", nil, texts, func(i int, err error) {
			item := n.items[max(i, 0)]
			var w *quantity.WantError
			if errors.As(err, &w) && !strings.HasPrefix(item.echo(), `"`) {
				w.Bare = w.Got == item.text
			}
			d.add(item.at, extend(path, index(max(i, 0))), "%s", err)
		})
	case n.form == leaf && isColumn:
		if !d.column(n, path, target, strings.TrimSpace(name), strings.TrimSpace(column)) {
			return
		}
	default:
		d.add(n.at, path, "want %s, not %s", f.wanted(), n.name())
		return
	}
	n.canon = canonical(v, isText)
	if len(d.problems) == before {
		n.remember(f, v)
	}
}

// column reads the column of a table; ok is false if there is no such column.
func (d *decoder) column(n *node, path []string, target cells, name, column string) (ok bool) {
	s, problem := d.tree.sheet(n.doc, name)
	if problem != nil {
		if problem.Place == (Place{}) {
			problem.Place = n.at
		}
		problem.Key = joinKey(path)
		d.problems = append(d.problems, problem)
		return false
	}
	i := s.column(column)
	if i <= 0 {
		var heads []string
		for _, h := range s.heads[1:] {
			heads = append(heads, h.text)
		}
		hint := ""
		if g := quantity.Guess(column, heads); g != "" {
			hint = fmt.Sprintf(" (did you mean %q?)", g)
		} else if len(heads) > 0 && len(heads) <= 8 {
			hint = fmt.Sprintf(" (there are %s)", strings.ReplaceAll(quantity.Either(heads), " or ", " and "))
		}
		d.add(n.at, path, "no column %q in %s%s", column, s.doc.name, hint)
		return false
	}
	if len(s.rows) == 0 {
		d.add(n.at, path, "no rows in %s", s.doc.name)
		return false
	}
	var days, texts []string
	for _, row := range s.rows {
		days = append(days, s.at(row, 0).text)
		texts = append(texts, s.at(row, i).text)
	}
	before := len(d.problems)
	target.UnmarshalCells(s.heads[i].unit, days, texts, func(j int, err error) {
		c := i
		if j < 0 {
			j, c = -1-j, 0
		}
		d.add(s.at(s.rows[j], c).at, path, "%s", err)
	})
	return len(d.problems) == before
}

// canonical returns a decoded value as JSON in its canonical spelling.
func canonical(v reflect.Value, kind what) []byte {
	x := v.Interface()
	if s, ok := x.(fmt.Stringer); ok && (kind == isText || kind == isCells) {
		x = s.String()
	}
	return encode(x)
}

// encode returns x as JSON, without escaping what only web pages need escaped.
func encode(x any) []byte {
	b, err := json.Marshal(x)
	if err != nil { // not reached: the values are texts and finite numbers
		return []byte(strconv.Quote(fmt.Sprint(x)))
	}
	return b
}

func canonList(items []*node) []byte {
	parts := make([]string, len(items))
	for i, c := range items {
		parts[i] = string(slices.Clone(c.canon))
	}
	return []byte("[" + strings.Join(parts, ",") + "]")
}
