package source

import "testing"

func canonicalOf(t *testing.T, without []string, namesAndTexts ...string) string {
	t.Helper()
	tree, _ := read(t, files(namesAndTexts...))
	return string(tree.Canonical(without...))
}

// One scenario has one canonical form, however it is laid out, spelt and divided.
func TestCanonicalFormIsOfTheScenarioNotOfTheFile(t *testing.T) {
	want := canonicalOf(t, nil, "surge.toml", lines(
		"title = 'Surge'",
		"[hospital.a]",
		"buffer = 10",
		"stay = '36h'",
		"demand.flow = '120 m3/day'",
		"[hospital.b]",
		"buffer = 20",
		"beds = 96",
		"[source]",
		"hospital.b = 'census'",
	))
	for name, fsys := range map[string][]string{
		"tables in another order, and braces": {"surge.toml", lines(
			"hospital = { b = { beds = 96.0, buffer = 20 }, a = { stay = '1.5 d', buffer = 1_0, demand = { flow = '120000 L/day' } } }",
			"title = \"Surge\" # by the sea",
			"source.'hospital.b' = 'census'",
		)},
		"two files and a table": {
			"base.toml", "[hospital.b]\nbuffer = 7\n[source]\nhospital.b = 'census'\n[table]\nhospital = 'h.csv'",
			"h.csv", "note,name,buffer,beds,demand.flow [m3/day],stay [h],source\n,b,20,96,,,seen\nx,a,1e1,,120,36,heard\n",
			"surge.toml", "extends = 'base.toml'\ntitle = 'Surge'\nhospital.b.buffer = 20",
		},
		"defaults written": {"surge.toml", lines(
			"title = 'Surge'",
			"run.horizon = '365 d'",
			"run.seed = 1",
			"[hospital.a]",
			"buffer = 10",
			"open = '00:00-24:00'",
			"when-short = 'waits'",
			"sources = ['plant', 'cylinder']",
			"stay = '36h'",
			"demand.flow = '120 m3/day'",
			"demand.share = 0.05",
			"[hospital.b]",
			"buffer = 20",
			"beds = 96",
			"[source]",
			"hospital.b = 'census'",
		)},
	} {
		if got := canonicalOf(t, nil, fsys...); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

// What is named is left out; all else shows.
func TestCanonicalWithout(t *testing.T) {
	fsys := []string{"surge.toml", "title = 'x'\n[hospital.a]\nlabel = 'A'\nbuffer = 1\nsources = []\nopen = 'always'\nwhen-short = 'lost'\n[run]\nhorizon = '1 d'\nseed = 2\n[source]\nrun = 'x'"}
	for _, c := range []struct {
		without []string
		want    string
	}{
		{nil, `{"hospital":{"a":{"buffer":1,"label":"A","open":"always","sources":[],"when-short":"lost"}},"run":{"horizon":"1 d","seed":2},"source":{"run":"x"},"title":"x"}`},
		{[]string{"source", "label", "run.seed", "*.*.open"}, `{"hospital":{"a":{"buffer":1,"sources":[],"when-short":"lost"}},"run":{"horizon":"1 d"},"title":"x"}`},
		{[]string{"source", "hospital"}, `{"run":{"horizon":"1 d","seed":2},"title":"x"}`},
	} {
		if got := canonicalOf(t, c.without, fsys...); got != c.want {
			t.Errorf("without %q: got\n%s\nwant\n%s", c.without, got, c.want)
		}
	}
}

// Before Decode the form is that of what was written.
func TestCanonicalBeforeDecode(t *testing.T) {
	tree, _ := Load(files("surge.toml", "a = [1, 'x', {b = 2.5}]\nd = 2020-06-01\nn = nan", "x.csv", ""), "surge.toml")
	if got, want := string(tree.Canonical()), `{"a":[1,"x",{"b":2.5}],"d":"2020-06-01","n":"nan"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Defaults and numbers are known after Decode, in the order of their keys.
func TestDefaultsAndScalars(t *testing.T) {
	tree, _ := read(t, files("surge.toml", "[hospital.b]\nbuffer = 1\n[hospital.a]\nbuffer = 2\nstay = 'exponential(3 h (2 h – 5 h))'\n[run]\nseed = 3"))
	var got []string
	for _, d := range tree.Defaults() {
		got = append(got, d.Key+"="+d.Text)
	}
	want := lines("hospital.a.open=always", "hospital.a.sources=plant; cylinder", "hospital.a.when-short=waits",
		"hospital.b.open=always", "hospital.b.sources=plant; cylinder", "hospital.b.when-short=waits", "run.horizon=365 d")
	if lines(got...) != want {
		t.Errorf("got\n%s\nwant\n%s", lines(got...), want)
	}
	for key, want := range map[string]string{
		"hospital.a.buffer": "3", "hospital.a.stay": "exponential(3 s)", "run.seed": "3", "run.horizon": "3 s",
	} {
		s, ok := tree.Scalar(key)
		if !ok || s.Write(2.9) != want {
			t.Errorf("Scalar(%q): got %v %v, want one that writes 2.9 as %s", key, s, ok, want)
		}
	}
	if s, ok := tree.Scalar("hospital.a.open"); ok {
		t.Errorf("Scalar of hours: got %v, want none", s)
	}
}
