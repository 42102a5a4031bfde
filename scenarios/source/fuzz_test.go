package source

import (
	"testing"
)

// Whatever bytes a scenario and its table have, and whatever is set, there is an
// answer: problems that have a place, or a world with a place for each key.
func FuzzLoad(f *testing.F) {
	for _, text := range []string{
		enough,
		"title = 'x'\n[hospital.a]\nbuffer = 1\ndemand = { flow = '3 m3/day', daily = 'd.csv#x' }\nstay = 'lognormal(median 5m, p95 45m)'",
		"extends = 'surge.toml'", "extends = 'base.toml'\n[table]\nhospital = ['d.csv', 'd.csv']\nroad='d.csv'",
		"[[round]]\nday='mon'\nstop=[{at='a'}]\n[[round]]\n[[round.stop]]\nat='b'",
		"[option.x]\nchange.'hospital.a.buffer' = 3\n[source]\nhospital = 'x'\n'a.b' = 'y'",
		"a = [[1, 'x'], [], {b = \"\"\"\n\"\"\"}]\nc = 2020-06-01 07:30:00\n\"\" = 1\n'a b'.\"\\u00e9\" = 0x1f",
		"\ufeffa = nan\r\n", "[a\n", "a = {", "hospital.a = 3",
	} {
		f.Add([]byte(text), []byte("name,buffer,demand.flow [m3/day],source\na,1,2,x\n"), "hospital.a.buffer=45")
	}
	f.Add([]byte("[table]\nhospital='d.csv'"), []byte("name;buffer;\"a\";[x]\n a;1;\"x\ny\";\n"), `"hospital"[0].a={x=[1,{}]}`)
	f.Add([]byte("hospital.a.demand.daily='d.csv#x'"), []byte("day\tx [L/min]\n1\t2\n"), "round[0]=x")
	f.Fuzz(func(t *testing.T, toml, csv []byte, set string) {
		fsys := files("surge.toml", string(toml), "d.csv", string(csv), "base.toml", enough)
		tree, problems := Load(fsys, "surge.toml")
		problems = append(problems, tree.Set(set)...)
		problems = append(problems, Decode(tree, new(world))...)
		for _, p := range problems {
			if p.Place.String() == "" || p.Message == "" {
				t.Errorf("a problem without a place or message: %#v", p)
			}
			p.Long()
		}
		tree.Canonical("source")
		for _, d := range tree.Defaults() {
			if tree.Place(d.Key) == (Place{}) {
				t.Errorf("no place of %s", d.Key)
			}
			tree.Source(d.Key)
		}
		c := tree.Clone()
		for _, name := range c.Names("option") {
			c.Apply("option." + quoteKey(name) + ".change")
		}
		again := Decode(c, new(world))
		if len(c.Names("option")) == 0 && len(again) != len(Decode(tree, new(world))) {
			t.Errorf("a copy has other problems: %v", again)
		}
	})
}
