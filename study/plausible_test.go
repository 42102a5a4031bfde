package study

import (
	"math"
	"strings"
	"testing"

	"oxysim/model"
	"oxysim/scenarios"
	"oxysim/scenarios/quantity"
	"oxysim/sim"
	"oxysim/sim/rng"
)

// sound is a scenario with nothing odd about it: a clinic of 20 beds that uses
// two cylinders a day and has a plant that could fill many more.
func sound() *model.Config {
	return &model.Config{
		Horizon: 365 * sim.Day,
		Types:   []model.CylinderType{{Name: "J", Content: 6800 * model.Litre, Usable: 0.95, Full: 78, Empty: 69}},
		Plants: []model.Plant{{
			Name: "plant.works", Full: []int{10}, Empty: []int{0}, Power: model.Power{Grid: model.None},
			Make: &model.Make{Machines: model.Machine{Count: 1}, Flow: 500_000, Tank: 10 * model.CubicMetre, KWh: 1.2, BoostKWh: 0.25},
			Fill: &model.Fill{Positions: 4, Time: rng.Constant(5400), Content: rng.Constant(1)},
		}},
		Hospitals: []model.Hospital{{
			Name: "hospital.clinic", Beds: 20,
			Lines:     []model.Line{{Full: 10, Supply: &model.Supply{Policy: model.Policy{UpTo: 10}}}},
			Cylinders: []model.CylinderDemand{{Mean: float64(sim.Day) / 2, Batch: rng.Constant(1), Storm: model.None}},
		}},
		Trucks: []model.Truck{{Name: "truck.lorry", Room: 20}},
	}
}

func TestWhatIsOdd(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(cfg *model.Config)
		want   []string // beginnings of the warnings
	}{
		{"nothing", func(*model.Config) {}, nil},
		{"water litres for gas", func(c *model.Config) { c.Types[0].Content = 47 * model.Litre; c.Hospitals[0].Beds = 0 },
			[]string{"cylinder.J.content: 47 L of gas in a cylinder of 78 kg: these are the litres of water it holds; at 150 bar the gas is about 7.0 m3"}},
		{"a small one in water litres", func(c *model.Config) {
			c.Types[0].Content, c.Types[0].Full, c.Types[0].Empty = 10*model.Litre, 15, 14
			c.Hospitals[0].Beds = 0
		},
			[]string{"cylinder.J.content: 10 L of gas is less than the smallest cylinder has"}},
		{"a mass left at its default", func(c *model.Config) { c.Types[0].Content = 680 * model.Litre },
			[]string{"cylinder.J.mass_full: 78 kg for 680 L of gas"}},
		{"little can be used", func(c *model.Config) { c.Types[0].Usable = 0.4 }, []string{"cylinder.J.usable: only 40 %"}},
		{"heavier when empty", func(c *model.Config) { c.Types[0].Empty = 80 }, []string{"cylinder.J.mass_empty: 80 kg is more than the 78 kg when full"}},
		{"too many beds", func(c *model.Config) { c.Hospitals[0].Beds = 800 }, []string{"hospital.clinic.beds: 0.0162 m3 of oxygen per bed and day"}},
		{"too few beds", func(c *model.Config) { c.Hospitals[0].Beds = 1 }, []string{"hospital.clinic.beds: 12.9 m3 of oxygen per bed and day"}},
		{"nobody brings any", func(c *model.Config) { c.Hospitals[0].Lines[0].Supply = nil },
			[]string{"hospital.clinic.supply: it asks for 2 cylinders a day and nobody brings any"}},
		{"nobody brings the one", func(c *model.Config) {
			c.Hospitals[0].Lines[0].Supply = nil
			c.Hospitals[0].Cylinders[0].Mean = float64(sim.Day)
		}, []string{"hospital.clinic.supply: it asks for 1 cylinder a day and nobody brings any"}},
		{"a round brings them", func(c *model.Config) {
			c.Hospitals[0].Lines[0].Supply = nil
			c.Rounds = []model.Round{{Stops: []int{0}}}
		}, nil},
		{"a road in metres", func(c *model.Config) { c.Links = []model.Link{{Name: "a-b", Length: 42_000, Speed: 50}} },
			[]string{"road.a-b.length: 42000 km in one go; is that metres?"}},
		{"a buffer that has got lost", func(c *model.Config) { c.Hospitals[0].Lines[0].Full, c.Hospitals[0].Lines[0].Supply.Policy.UpTo = 0, 0 },
			[]string{"hospital.clinic.buffer: it needs 2 cylinders a day, and has a buffer of 0 and none on hand"}},
		{"a road to another country", func(c *model.Config) {
			c.Links = []model.Link{{Name: "a-b", Length: 1440, Speed: 50}, {Name: "a-c", Length: 30, Speed: 50}, {Name: "a-d", Length: 20, Speed: 50}}
		}, []string{"road.a-b.length: 1440 km in one go"}},
		{"a road much longer than the others", func(c *model.Config) {
			c.Links = []model.Link{{Name: "a-b", Length: 400, Speed: 50}, {Name: "a-c", Length: 30, Speed: 50}, {Name: "a-d", Length: 20, Speed: 50}}
		}, []string{"road.a-b.length: 400 km; half of all roads have less than 30 km"}},
		{"a truck that flies", func(c *model.Config) { c.Links = []model.Link{{Name: "a-b", Length: 42, Speed: 500}} },
			[]string{"road.a-b.speed: 500 km/h for a truck"}},
		{"a truck that creeps", func(c *model.Config) { c.Links = []model.Link{{Name: "a-b", Length: 42, Speed: 0.8}} },
			[]string{"road.a-b.speed: 0.8 km/h for a truck"}},
		{"no source", func(c *model.Config) {
			c.Hospitals[0].Cylinders, c.Hospitals[0].Lines = nil, nil
			c.Hospitals[0].Flow = []model.FlowDemand{{Daily: []model.Flow{10_000}, Vary: rng.Constant(1), Storm: model.None}}
		}, []string{"hospital.clinic: it asks for 14.4 m3 a day and has no source"}},
		{"a buffer of more than there are", func(c *model.Config) { c.Hospitals[0].Lines[0].Supply.Policy.UpTo = 50 },
			[]string{"hospital.clinic.buffer: 50 cylinders, but there are only 20 of type J in all", "cylinder.J: the buffers of hospitals add up to 50"}},
		{"a PSA unit as large as a steelworks", func(c *model.Config) { c.Plants[0].Make.Flow = 5_000_000 },
			[]string{"plant.works.machines.flow: 300 m3/h from one machine; 5 to 90 are sold"}},
		{"oxygen from nothing", func(c *model.Config) { c.Plants[0].Make.KWh = 0.1 }, []string{"plant.works.machines.energy: 0.1 kWh/m3"}},
		{"compression from nothing", func(c *model.Config) { c.Plants[0].Make.Booster, c.Plants[0].Make.BoostKWh = 500_000, 0.01 },
			[]string{"plant.works.booster_energy: 0.01 kWh/m3"}},
		{"a booster without gas", func(c *model.Config) { c.Plants[0].Make.Booster, c.Plants[0].Make.Tank = 5_000_000, 0 },
			[]string{"plant.works.booster: it can draw 5000 L/min, the machines make 500 L/min and there is no tank"}},
		{"a fill in a minute", func(c *model.Config) { c.Plants[0].Fill.Time = rng.Constant(60) }, []string{"plant.works.filling.time: 1m for a fill"}},
		{"more trucks than cylinders", func(c *model.Config) {
			for range 30 {
				c.Trucks = append(c.Trucks, model.Truck{Name: "truck.lorry.2", Room: 20})
			}
		}, []string{"truck: 31 trucks for 20 cylinders"}},
		{"a truck too small for a bank", func(c *model.Config) {
			c.Hospitals[0].Manifold = &model.Manifold{Bank: 8}
			c.Trucks[0].Payload = 500 // kg: six cylinders
		}, []string{"truck.lorry.room: it carries 6 cylinders, less than a bank of 8 at hospital.clinic"}},
		{"a truck that does not go there", func(c *model.Config) {
			c.Hospitals[0].Manifold = &model.Manifold{Bank: 8}
			c.Trucks[0].Room, c.Trucks[0].Serves = 6, []int{}
		}, nil},
		{"demand above supply", func(c *model.Config) { c.Plants[0].Make.Flow = 5_000 },
			[]string{"hospital: 12.9 m3 a day are asked for on average and about 7.2 can be supplied"}},
		{"cylinders that fly", func(c *model.Config) {
			c.Plants[0].Full[0], c.Hospitals[0].Lines[0].Full, c.Hospitals[0].Lines[0].Supply.Policy.UpTo = 0, 1, 1
		}, []string{"cylinder.J: each of the 1 cylinders would have to be filled 14.0 times a week"}},
		{"no cylinder", func(c *model.Config) {
			c.Plants[0].Full[0], c.Hospitals[0].Lines[0].Full, c.Hospitals[0].Lines[0].Supply.Policy.UpTo = 0, 0, 0
			c.Trucks = nil
		}, []string{"cylinder.J: 2 a day are needed and there is none"}},
		{"over before it begins", func(c *model.Config) { c.Horizon = 5 * sim.Day },
			[]string{"run.horizon: 5d is shorter than the 10 days in which each cylinder of type J is used once"}},
	} {
		cfg := sound()
		c.change(cfg)
		got := plausible(cfg, meaning(cfg))
		ok := len(got) == len(c.want)
		for i := range got {
			ok = ok && strings.HasPrefix(got[i].String(), c.want[i])
		}
		if !ok {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// What is expected of an average day, each number computed by hand.
func TestTheAverageDay(t *testing.T) {
	near := func(got, want float64) bool { return math.Abs(got-want) <= 1e-9*math.Abs(want) }
	for _, c := range []struct {
		name   string
		change func(cfg *model.Config)
		got    func(m *Meaning) float64
		want   float64
	}{
		{"two cylinders", func(*model.Config) {}, func(m *Meaning) float64 { return m.Gas }, 2 * 6.8 * 0.95},
		{"times the profile", func(c *model.Config) { c.Hospitals[0].Cylinders[0].Profile = []float64{1, 2, 3} }, func(m *Meaning) float64 { return m.Cylinders }, 4},
		{"and the storm, a third of days", func(c *model.Config) {
			c.Weathers = []model.Weather{{Wet: []float64{0, 0, 1}}}
			c.Hospitals[0].Cylinders[0].Storm, c.Hospitals[0].Cylinders[0].Factor = 0, 4
		}, func(m *Meaning) float64 { return m.Cylinders }, 2 * 2},
		{"three places, 12 h a cylinder", func(c *model.Config) {
			c.Hospitals[0].Cylinders[0] = model.CylinderDemand{Places: 3, Use: rng.Constant(43200), Storm: model.None}
		}, func(m *Meaning) float64 { return m.Cylinders }, 6},
		{"every 6 h", func(c *model.Config) {
			c.Hospitals[0].Cylinders[0] = model.CylinderDemand{Interval: rng.Constant(21600), Batch: rng.Constant(2), Storm: model.None}
		}, func(m *Meaning) float64 { return m.Cylinders }, 8},
		// 10 patients a day for 2 days at 5 L/min: 20 of 7.2 m³ a day.
		{"patients", patients, func(m *Meaning) float64 { return m.Gas }, 144},
		{"on a manifold", func(c *model.Config) { patients(c); manifold(c) }, func(m *Meaning) float64 { return m.Cylinders }, 144 / (6.8 * 0.95)},
		// Concentrators: 5 of 8 L/min, half of the time in repair: 28.8 m³.
		{"beside concentrators", func(c *model.Config) {
			patients(c)
			manifold(c)
			c.Hospitals[0].Power.Grid = model.None
			c.Hospitals[0].Concentrators = &model.Concentrators{Flow: 8000, Machines: model.Machine{
				Count: 5, Modes: []model.Failure{{After: rng.Constant(100), Lasts: rng.Constant(60), Spare: rng.Constant(40)}}}}
		}, func(m *Meaning) float64 { return m.Cylinders }, (144 - 28.8) / (6.8 * 0.95)},
		{"a pipe takes from what is filled", func(c *model.Config) {
			patients(c)
			c.Hospitals[0].Pipe = &model.Pipe{Limit: 50_000} // 72 m³
		}, func(m *Meaning) float64 { return m.Plants[0].Piped }, 72},
		// Four positions, 90 minutes a fill.
		{"positions", func(*model.Config) {}, func(m *Meaning) float64 { return m.Plants[0].PerDay() }, 64},
		{"12 hours a day, five days a week", func(c *model.Config) {
			c.Plants[0].Fill.Hours, c.Plants[0].Fill.Days = model.Windows{{From: 0, To: 12 * sim.Hour}}, 0b11111
		}, func(m *Meaning) float64 { return m.Plants[0].PerDay() }, 64 * 0.5 * 5 / 7},
		// 50 L/min are 72 m³ a day.
		{"gas", func(c *model.Config) { c.Plants[0].Make.Flow = 50_000 }, func(m *Meaning) float64 { return m.Plants[0].PerDay() }, 72 / (6.8 * 0.95)},
		// Half of it by night, of which the tank holds 10.
		{"gas by day", func(c *model.Config) {
			c.Plants[0].Make.Flow, c.Plants[0].Fill.Hours = 50_000, model.Windows{{From: 0, To: 12 * sim.Hour}}
		}, func(m *Meaning) float64 { return m.Plants[0].PerDay() }, 46 / (6.8 * 0.95)},
		{"booster", func(c *model.Config) { c.Plants[0].Make.Booster = 50_000 }, func(m *Meaning) float64 { return m.Plants[0].PerDay() }, 72 / (6.8 * 0.95)},
		// Off 10 of 30 hours, and of the rest a quarter for load-shedding.
		{"power", func(c *model.Config) {
			c.Grids = []model.Grid{{Parent: model.None, Random: true, Up: rng.Constant(20), Down: rng.Constant(10)},
				{Parent: 0, Shed: model.Windows{{From: 0, To: 6 * sim.Hour}}}}
			c.Plants[0].Power.Grid = 1
		}, func(m *Meaning) float64 { return m.Plants[0].Running }, 2. / 3 * 3 / 4},
		{"a generator that starts nine times of ten", func(c *model.Config) {
			c.Grids = []model.Grid{{Parent: model.None, Random: true, Up: rng.Constant(20), Down: rng.Constant(20)}}
			c.Plants[0].Power = model.Power{Grid: 0, Generator: &model.Generator{Start: 0.9}}
		}, func(m *Meaning) float64 { return m.Plants[0].Running }, 0.95},
		{"restarts", func(c *model.Config) {
			c.Grids = []model.Grid{{Parent: model.None, Random: true, Up: rng.Constant(3600), Down: rng.Constant(3600)}}
			c.Plants[0].Power.Grid, c.Plants[0].Make.Machines.Restart = 0, rng.Constant(3600)
		}, func(m *Meaning) float64 { return m.Plants[0].Running }, 0.5 / math.E},
		{"a vendor", func(c *model.Config) {
			c.Plants[0] = model.Plant{Name: "vendor.v", Full: []int{10}, Vendor: &model.Vendor{Quota: 20, Refuse: 0.1}}
		},
			func(m *Meaning) float64 { return m.Plants[0].PerDay() }, 18},
		{"turns", func(*model.Config) {}, func(m *Meaning) float64 { return m.TurnsPerWeek() }, 0.7},
		{"cycle", func(*model.Config) {}, func(m *Meaning) float64 { return m.CycleDays() }, 10},
		{"supply over demand", func(*model.Config) {}, func(m *Meaning) float64 { return m.Ratio() }, 32},
	} {
		cfg := sound()
		c.change(cfg)
		if got := c.got(meaning(cfg)); !near(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func patients(c *model.Config) {
	c.Hospitals[0].Cylinders = nil
	c.Hospitals[0].Patients = []model.PatientDemand{{Mean: float64(sim.Day) / 10, Stay: rng.Constant(2 * float64(sim.Day)), Flow: rng.Constant(5000), Storm: model.None}}
}

func manifold(c *model.Config) {
	c.Hospitals[0].Manifold = &model.Manifold{Bank: 4}
	c.Hospitals[0].Sources = []model.Source{model.FromManifold}
}

func TestValuesAlikeAreListedOnce(t *testing.T) {
	got := alike([]Value{
		{Key: "hospital.a.buffer", Text: "20", Source: "counted"},
		{Key: "hospital.b.buffer", Text: "3", Source: "counted"},
		{Key: "hospital.c.buffer", Text: "100", Source: "counted"},
		{Key: "hospital.d.buffer", Text: "7", Source: "told"},
		{Key: "plant.a.tank", Text: "7 m3"},
		{Key: "run.horizon", Text: "3 d"},
	})
	want := []Value{
		{Key: "hospital.*.buffer", Text: "3 … 100", Source: "counted", Keys: []string{"hospital.a.buffer", "hospital.b.buffer", "hospital.c.buffer"}},
		{Key: "hospital.d.buffer", Text: "7", Source: "told"},
		{Key: "plant.a.tank", Text: "7 m3"},
		{Key: "run.horizon", Text: "3 d"},
	}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i := range want {
		if got[i].Key != want[i].Key || got[i].Text != want[i].Text || got[i].Count() != want[i].Count() || got[i].Source != want[i].Source {
			t.Errorf("got %+v, want %+v", got[i], want[i])
		}
	}
}

// A place with its latitude and longitude exchanged is far from all others, and
// would not be the other way round.
func TestExchangedPositionsAreOdd(t *testing.T) {
	site := func(lat, lon float64) scenarios.Site { return scenarios.Site{Lat: &lat, Lon: &lon} }
	f := &scenarios.File{
		Plant:    map[string]scenarios.Plant{"works": {Site: site(36.19, 44.01)}},
		Hospital: map[string]scenarios.Hospital{"koya": {Site: site(44.63, 36.08)}, "soran": {Site: site(36.65, 44.54)}},
		Road:     map[string]scenarios.Road{"north": {From: "works", To: "soran", Length: quantity.Must[quantity.Distance]("20 km")}},
	}
	want := []string{
		"hospital.koya.lat: it is 1137 km from soran, the nearest other place; are lat and lon the wrong way round? Then it would be 57 km from works",
		"road.north.length: 20 km, less than the 70 km between its ends as the crow flies",
	}
	got := oddPlaces(f)
	for i, w := range got {
		if i >= len(want) || w.String() != want[i] {
			t.Errorf("got %s", w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %d warnings, want %d", len(got), len(want))
	}
}
