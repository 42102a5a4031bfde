package plots

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
)

// linear returns a colour's light, in [0,1].
func linear(c ink) (v [3]float64) {
	for i, x := range [3]uint8{c.R, c.G, c.B} {
		u := float64(x) / 255
		if v[i] = u / 12.92; u > 0.04045 {
			v[i] = math.Pow((u+0.055)/1.055, 2.4)
		}
	}
	return v
}

func times(m [3][3]float64, v [3]float64) (w [3]float64) {
	for i := range m {
		for j := range v {
			w[i] += m[i][j] * v[j]
		}
	}
	return w
}

// lab returns light in CIE L*a*b*, in which a distance of 2.3 is just noticeable.
func lab(v [3]float64) [3]float64 {
	xyz := times([3][3]float64{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}, v)
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x, y, z := f(max(0, xyz[0])/0.95047), f(max(0, xyz[1])), f(max(0, xyz[2])/1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// sights are how people see light who lack one kind of cones.
//
// Source: Machado, Oliveira & Fernandes, IEEE TVCG 15 (2009) 1291, table 1, severity 1.
var sights = map[string][3][3]float64{
	"all":          {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func distance(a, b ink, sight [3][3]float64) float64 {
	p, q := lab(times(sight, linear(a))), lab(times(sight, linear(b)))
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

// Colours that mean something beside each other are told apart by everybody.
func TestColoursAreToldApart(t *testing.T) {
	const clear = 10 // four times what is just noticeable
	states := func(kind ...string) (list []ink) {
		for _, s := range kind {
			list = append(list, stateColors[s])
		}
		return list
	}
	var cover, parts []ink
	for _, c := range coverClasses {
		cover = append(cover, c.color)
	}
	for _, k := range []string{"at_plants_full", "outbound", "at_hospitals_full", "in_use", "at_hospitals_empty", "inbound", "at_plants_empty", "filling"} {
		parts = append(parts, partColors[k])
	}
	for name, list := range map[string][]ink{
		"verdicts": slices.Collect(maps.Values(verdictColors)), "before and after": {pale, blue}, "risk": riskColors, "cover": cover, "curves": curveColors,
		"parts":  parts,
		"plants": states("filling", "no empties", "closed", "no power", "machines down", "no gas"),
		"trucks": states("driving", "loading, unloading", "held up", "resting", "broken down"),
	} {
		for i, a := range list {
			for _, b := range list[:i] {
				for who, sight := range sights {
					if d := distance(a, b, sight); d < clear {
						t.Errorf("%s, %s: %v and %v are %.1f apart, want %d", name, who, hex(a), hex(b), d, clear)
					}
				}
			}
		}
	}
}

// Text can be read on what it stands on: a contrast of 4.5 for text, as WCAG 2
// has it, and of 3 for what is at the foot.
func TestTextContrasts(t *testing.T) {
	light := func(c ink) float64 {
		v := linear(c)
		return 0.2126*v[0] + 0.7152*v[1] + 0.0722*v[2]
	}
	contrast := func(a, b ink) float64 {
		x, y := light(a), light(b)
		return (max(x, y) + 0.05) / (min(x, y) + 0.05)
	}
	want := func(what string, text, on ink, least float64) {
		if c := contrast(text, on); c < least {
			t.Errorf("%s: a contrast of %.2f, want %.1f", what, c, least)
		}
	}
	want("text", black, white, 4.5)
	want("grey text", grey, white, 4.5)
	want("text on the map", black, ground, 4.5)
	want("foot", pale, white, 3)
	want("shelf", darkOrange, white, 4.5)
	for _, c := range curveColors {
		want("curve "+hex(c), c, white, 3)
	}
	for k, c := range partColors {
		want("part "+k, readable(c), white, 3)
	}
	for i, c := range coverClasses {
		text := black
		if dark(c.color) {
			text = white
		}
		want(fmt.Sprint("cover ", i), text, c.color, 3)
	}
}
