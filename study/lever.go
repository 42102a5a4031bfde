package study

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
)

// Lever is a number of the scenario that may be turned: a dotted key, or a
// pattern of keys, such as "hospital.*.buffer", whose numbers are all
// multiplied by one factor.
type Lever struct {
	Key    string   // as it was called, dotted
	Keys   []string // the keys that it stands for: itself, or those that match, sorted
	Factor bool     // values are factors, by which the numbers of all keys are multiplied
	Whole  bool     // values are whole numbers: it counts something
	Base   float64  // its value in the scenario, in the base unit of its kind; 1 for a factor

	scalars []quantity.Scalar // of the keys
	along   []companion       // of each key, what turns with it
}

// companion is a whole number that turns by as much as another: the position at
// which a hospital orders up to its buffer, so that orders stay as large and what
// is added is there when they come late.
type companion struct {
	key  string // "" if there is none
	base float64
}

// along returns what turns with a key.
func (s *Subject) along(key string) companion {
	kept, isBuffer := strings.CutSuffix(key, ".buffer")
	at := kept + ".supply.reorder_at"
	x, written := s.Tree.Scalar(at)
	if order := s.Tree.Text(kept + ".supply.order"); !isBuffer || !written || order != "" && order != "up to" {
		return companion{}
	}
	return companion{at, x.Base()}
}

// Along returns the keys that turn with the lever, by as much.
func (l *Lever) Along() (keys []string) {
	for _, c := range l.along {
		if c.key != "" {
			keys = append(keys, c.key)
		}
	}
	return keys
}

// NewLever returns the lever of a key. The error says what is wrong with the
// key: that the scenario has no such number, with a guess.
func NewLever(s *Subject, key string) (*Lever, error) {
	l := &Lever{Key: key}
	if strings.Contains(key, "*") {
		l.Factor, l.Base = true, 1
		for _, k := range s.Tree.Scalars() {
			if matches(key, k) {
				l.Keys = append(l.Keys, k)
			}
		}
		if len(l.Keys) == 0 {
			return nil, fmt.Errorf("no number of the scenario matches %q", key)
		}
	} else {
		l.Keys = []string{key}
	}
	for _, k := range l.Keys {
		x, ok := s.Tree.Scalar(k)
		if !ok {
			return nil, fmt.Errorf("%s", s.noNumber(k))
		}
		l.scalars = append(l.scalars, x)
		l.along = append(l.along, s.along(k))
	}
	if !l.Factor {
		x := l.scalars[0]
		l.Base = x.Base()
		l.Whole = x.Write(2) == "2" && x.Write(2.4) == "2"
	}
	return l, nil
}

// matches reports whether a dotted key matches a pattern, in which a part that
// is "*" stands for any one part.
func matches(pattern, key string) bool {
	p, k := strings.Split(pattern, "."), strings.Split(key, ".")
	if len(p) != len(k) {
		return false
	}
	for i := range p {
		if p[i] != "*" && p[i] != k[i] {
			return false
		}
	}
	return true
}

// noNumber says why a key is no lever.
func (s *Subject) noNumber(key string) string {
	if s.Tree.Has(key) {
		if text := s.Tree.Text(key); text != "" {
			return fmt.Sprintf("%s is %q: want a key whose value is a number, such as \"hospital.NAME.buffer\"", key, quantity.Shorten(text))
		}
		return fmt.Sprintf("%s is a table or a list: want a key whose value is a number, such as \"hospital.NAME.buffer\"", key)
	}
	names := s.Tree.Scalars()
	if guess := quantity.Guess(key, names); guess != "" {
		return fmt.Sprintf("the scenario has no number %q (did you mean %q?)", key, guess)
	}
	thing, _ := Thing(key)
	near := map[string]bool{}
	for _, n := range names {
		if t, rest := Thing(n); t == thing {
			near[rest] = true
		}
	}
	if len(near) > 0 {
		return fmt.Sprintf("the scenario has no number %q; %s has %s", key, thing, strings.Join(slices.Sorted(maps.Keys(near)), ", "))
	}
	return fmt.Sprintf("the scenario has no number %q%s", key, someNumbers(names))
}

// someNumbers lists a few of the numbers that a scenario has, one of each kind of
// thing.
func someNumbers(names []string) string {
	var list []string
	seen := map[string]bool{}
	for _, n := range names {
		kind, _, _ := strings.Cut(n, ".")
		if !seen[kind] && len(list) < 6 {
			seen[kind] = true
			list = append(list, n)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "; it has numbers such as " + strings.Join(list, ", ")
}

// Text returns a value as it is written in a file: with its unit, or for a
// factor "×1.25".
func (l *Lever) Text(x float64) string {
	if l.Factor {
		return "×" + strconv.FormatFloat(x, 'g', 6, 64)
	}
	return l.scalars[0].Write(x)
}

// Parse reads a value as it is written in a file: "45", "36h", "30 Nm3/h"; of a
// factor, "1.25" or "×1.25".
func (l *Lever) Parse(text string) (float64, error) {
	if l.Factor {
		x, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(text), "×"), "x"), 64)
		if err != nil || !(x >= 0) || math.IsInf(x, 0) {
			return 0, fmt.Errorf("%s: want a factor such as \"1.25\", not %q", l.Key, text)
		}
		return x, nil
	}
	t := reflect.TypeOf(l.scalars[0])
	v := reflect.New(t)
	if u, ok := v.Interface().(interface{ UnmarshalText([]byte) error }); ok {
		if err := u.UnmarshalText([]byte(text)); err != nil {
			return 0, fmt.Errorf("%s: %w", l.Key, err)
		}
		return v.Elem().Interface().(quantity.Scalar).Base(), nil
	}
	x, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || x-x != 0 || l.Whole && x != math.Trunc(x) {
		want := "a number"
		if l.Whole {
			want = "a whole number"
		}
		return 0, fmt.Errorf("%s: want %s, not %q", l.Key, want, text)
	}
	return x, nil
}

// Settings returns what to lay over the scenario for the lever to have a value.
func (l *Lever) Settings(x float64) (list []string) {
	for i, k := range l.Keys {
		y := x
		if l.Factor {
			y = float64(x * l.scalars[i].Base())
		}
		list = append(list, k+"="+l.scalars[i].Write(y))
		if c := l.along[i]; c.key != "" {
			y = math.Round(y)
			at := min(max(c.base+y-l.scalars[i].Base(), 0), y-1)
			list = append(list, c.key+"="+strconv.Itoa(int(at)))
		}
	}
	return list
}

// At returns the subject with the lever at a value. The problems say why it
// cannot have it, if it cannot.
func (l *Lever) At(s *Subject, x float64) (*Subject, scenarios.Problems) {
	return s.Vary(l.Settings(x)...)
}

// Range returns within what the scenario believes the number to lie; ok is
// false if it does not say, or if the lever is a factor.
func (l *Lever) Range() (lo, hi float64, ok bool) {
	if l.Factor {
		return 0, 0, false
	}
	return l.scalars[0].Bounds()
}
