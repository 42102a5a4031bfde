package validation

import "fmt"

// claim is one number that theory knows.
type claim struct {
	id           string   // of the case
	what         string   // in words
	scenario     string   // ready-made
	settings     []string // laid over it
	of           []term   // the number: a sum of metrics
	exact        float64
	bend         string // a setting that bends a parameter by 5 %
	replications int
}

// term is a metric and what it is multiplied by.
type term struct {
	metric string
	times  float64
}

func metric(name string) []term { return []term{{name, 1}} }

// claims are the cases with chance in them. What settings bend is the first
// parameter of the case.
func claims() []claim {
	var list []claim
	add := func(c ...claim) { list = append(list, c...) }

	// V01: one server. The wait depends on the law only through its variance.
	for _, law := range []struct {
		time  string
		exact float64
		n     int
	}{{"1 h", 2, 100}, {"exponential(1 h)", 4, 250}, {"hyperexponential(1 h, scv 4)", 10, 600}} {
		add(claim{"V01", "wait in M/G/1, service " + law.time + ", h", "exact-single-server",
			[]string{"plant.works.filling.time=" + law.time}, metric("plant.works.fill_wait"), law.exact,
			"hospital.clinic.cylinders.ward.rate=0.84/h", law.n})
	}
	add(claim{"V01", "P(10 or more in M/M/1)", "exact-single-server", nil, metric("plant.works.queue_over"), 0.107374,
		"hospital.clinic.cylinders.ward.rate=0.84/h", 800})

	// V02: Erlang's loss, whatever the law of the lead time.
	for _, law := range []string{"3 d", "exponential(3 d)", "lognormal(3 d, cv 2)"} {
		add(claim{"V02", "demand lost, S = 10, a = 6, lead " + law, "exact-erlang-loss",
			[]string{"hospital.clinic.supply.delay=" + law}, metric("hospital.clinic.lost_share"), 0.0431418,
			"hospital.clinic.cylinders.ward.rate=2.1/day", 1100})
	}
	for _, x := range []struct {
		s     int
		a     string
		bent  string
		exact float64
		n     int
	}{{5, "1/day", "1.05/day", 0.110054, 500}, {20, "4/day", "4.2/day", 0.00979564, 2000}} {
		add(claim{"V02", fmt.Sprintf("demand lost, S = %d, rate %s", x.s, x.a), "exact-erlang-loss",
			[]string{fmt.Sprintf("hospital.clinic.buffer=%d", x.s), "hospital.clinic.cylinders.ward.rate=" + x.a},
			metric("hospital.clinic.lost_share"), x.exact, "hospital.clinic.cylinders.ward.rate=" + x.bent, x.n})
	}

	// V03: three servers.
	const more = "hospital.clinic.cylinders.ward.rate=5.25/h"
	add(claim{"V03", "wait in M/M/3, h", "exact-parallel-positions", nil, metric("plant.works.fill_wait"), 0.702247, more, 120},
		claim{"V03", "number waiting in M/M/3", "exact-parallel-positions", nil, metric("plant.works.empties"), 3.51124, more, 120},
		claim{"V03", "P(wait > 0.5 h) in M/M/3", "exact-parallel-positions", nil, metric("plant.works.fill_wait_over"), 0.425934, more, 120})

	// V05: machines, a cold spare and one crew.
	const frail = "plant.works.machines.failure.any.lasts=exponential(176.4 h)"
	add(claim{"V05", "machines running of five", "exact-repair", nil, metric("plant.works.machines_producing"), 4.79033, frail, 600},
		claim{"V05", "share of time with all five", "exact-repair", nil, metric("plant.works.machines_all"), 0.848609, frail, 600})

	// V06: a plant in its first year.
	const longer = "plant.works.machines.failure.any.lasts=exponential(5.25 d)"
	add(claim{"V06", "share of the first year up", "exact-availability", nil, metric("plant.works.uptime"), 1 - 0.14118, longer, 20000},
		claim{"V06", "outages in the first year", "exact-availability", nil, metric("plant.works.failures"), 10.449,
			"plant.works.machines.failure.any.after=exponential(31.5 d)", 20000})

	// V07: the census of patients is Poisson whatever the law of the stay.
	for _, law := range []struct {
		stay string
		n    int
	}{{"4 d", 450}, {"exponential(4 d)", 900}, {"lognormal(4 d, cv 2)", 2000}} {
		add(claim{"V07", "P(more than 30 patients), stay " + law.stay, "exact-census",
			[]string{"hospital.ward.patients.all.stay=" + law.stay}, metric("hospital.ward.census_over"), 0.0958484,
			"hospital.ward.patients.all.rate=6.3/day", law.n})
	}
	add(claim{"V07", "P(more than 35 patients)", "exact-census", []string{"hospital.ward.census_limit=35"},
		metric("hospital.ward.census_over"), 0.013155, "hospital.ward.patients.all.rate=6.3/day", 3000},
		claim{"V07", "patients, mean", "exact-census", nil, metric("hospital.ward.census"), 24, "hospital.ward.patients.all.rate=6.3/day", 100})

	// V11: Palm's theorem, whatever the law of the lead time.
	for _, law := range []string{"3 d", "exponential(3 d)", "lognormal(3 d, cv 2)"} {
		delay := []string{"hospital.clinic.supply.delay=" + law}
		const busier = "hospital.clinic.cylinders.ward.rate=2.1/day"
		add(claim{"V11", "backorders, lead " + law, "exact-base-stock", delay, metric("hospital.clinic.waiting"), 0.0773349, busier, 3300},
			claim{"V11", "fill rate, lead " + law, "exact-base-stock", delay, metric("hospital.clinic.fill_rate"), 0.916076, busier, 300},
			claim{"V11", "on hand, lead " + law, "exact-base-stock", delay, metric("hospital.clinic.on_hand"), 4.07733, busier, 300},
			claim{"V11", "time with none on hand, lead " + law, "exact-base-stock", delay, metric("hospital.clinic.empty_share"), 0.083924, busier, 1100})
	}
	add(claim{"V11", "mean wait, h", "exact-base-stock", nil, metric("hospital.clinic.wait_hours"), 0.0386674 * 24,
		"hospital.clinic.cylinders.ward.rate=2.1/day", 2800})

	// V15: Law & Kelton's inventory over 120 months, in their money.
	order := []term{{"hospital.shop.orders", 32. / 120}, {"hospital.shop.ordered", 3. / 120}}
	hold, short := metric("hospital.shop.on_hand"), []term{{"hospital.shop.waiting", 5}}
	total := append(append(append([]term{}, order...), hold...), short...)
	const brisker = "hospital.shop.cylinders.customers.rate=0.525/day"
	for _, x := range []struct {
		upTo  int
		costs [4]float64 // total, order, hold, short
	}{{40, [4]float64{125.1238, 97.68519, 9.123163, 18.31546}}, {60, [4]float64{118.943, 88.50602, 17.5272, 12.90975}}} {
		s := []string{fmt.Sprintf("hospital.shop.buffer=%d", x.upTo)}
		for i, of := range [][]term{total, order, hold, short} {
			add(claim{"V15", fmt.Sprintf("%s cost of (20,%d)", [...]string{"total", "ordering", "holding", "shortage"}[i], x.upTo),
				"exact-inventory", s, of, x.costs[i], brisker, 4000})
		}
	}

	// V21: whether the shelf is ever empty.
	for _, x := range []struct {
		s, days int
		exact   float64
		n       int
	}{{12, 30, 0.395299, 20_000}, {16, 30, 0.0223853, 500_000}, {16, 365, 0.307793, 30_000}} {
		add(claim{"V21", fmt.Sprintf("P(ever empty in %d d), S = %d", x.days, x.s), "exact-first-stockout",
			[]string{fmt.Sprintf("hospital.clinic.buffer=%d", x.s), fmt.Sprintf("run.horizon=%d d", x.days)},
			metric("hospital.clinic.empty"), x.exact, "hospital.clinic.cylinders.ward.rate=2.1/day", x.n})
	}

	// V23: the closed loop, whatever the law of the journeys.
	const slower = "hospital.clinic.cylinders.ward.use=exponential(12.6 h)"
	for _, x := range []struct {
		n         int
		rate, out float64 // cylinders a day, share of time without
		times     int     // replications
	}{{4, 1.1098319, 0.44508404, 300}, {8, 1.7690435, 0.11547827, 300}, {12, 1.970842, 0.014579006, 1000}} {
		for _, law := range []string{"%s", "exponential(%s)", "lognormal(%s, cv 2)"} {
			s := []string{fmt.Sprintf("hospital.clinic.buffer=%d", x.n),
				"hospital.clinic.supply.delay=" + fmt.Sprintf(law, "1.5 d"), "hospital.clinic.supply.return_delay=" + fmt.Sprintf(law, "1 d")}
			add(claim{"V23", fmt.Sprintf("P(no cylinder), N = %d, journeys "+law, x.n, "…"), "exact-closed-loop", s,
				[]term{{"hospital.clinic.stockout_hours", 1. / (1035 * 24)}}, x.out, slower, x.times})
			add(claim{"V23", fmt.Sprintf("fills a day, N = %d, journeys "+law, x.n, "…"), "exact-closed-loop", s,
				metric("plant.works.filled_per_day"), x.rate, slower, x.times})
		}
	}

	// V27: an unreliable plant and its tank.
	for _, x := range []struct {
		tank        string
		empty, runs float64 // share of time, stockouts a year
	}{{"0 m3", 0.090909091, 16.590909}, {"28.8 m3", 0.035905111, 6.5526828}, {"57.6 m3", 0.015301236, 2.7924756}} {
		s := []string{"plant.works.tank=" + x.tank}
		add(claim{"V27", "P(no oxygen), tank " + x.tank, "exact-buffer-tank", s,
			[]term{{"hospital.ward.stockout_hours", 1. / (3650 * 24)}}, x.empty,
			"plant.works.machines.failure.any.lasts=exponential(2.1 d)", 1000})
		add(claim{"V27", "stockouts a year, tank " + x.tank, "exact-buffer-tank", s,
			[]term{{"hospital.ward.stockouts", 0.1}}, x.runs, "plant.works.machines.failure.any.after=exponential(21 d)", 600})
	}

	// V44, its world: visits on a road that may be closed.
	add(claim{"V44", "P(somebody waits before a visit)", "exact-visits", nil, metric("round.weekly.owing_share"), 0.01597584,
		"hospital.clinic.cylinders.ward.rate=2.1/day", 3000})
	return list
}
