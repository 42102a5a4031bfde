// Package model simulates the supply of medical oxygen in cylinders: plants make
// and compress it, trucks carry full cylinders over roads that may be closed and
// bring empties back, hospitals use it and sometimes run out. It says what
// happens, once: from a [Config], a seed and a replication number, [World.Run]
// makes the values of the [Metric]s.
//
//	world := model.New(cfg)
//	outcome := world.Run(seed, replication) // in the order of world.Metrics()
//
// A World belongs to one goroutine, shares nothing but its Config, and is used
// for one replication after another; after the first few it allocates nothing.
// The same Config, seed and replication give the same bytes everywhere.
// [World.Trace] tells the whole story, line by line; the example of World is
// the life of one cylinder.
//
// # What is left to others
//
// The clock and the calendar of events are in package sim, chance in sim/rng.
// Files, names and units as people write them are for package scenarios, which
// also sees to it that a Config makes sense. Many replications, comparisons,
// costs and answers are for package study. The model knows no money and prints
// nothing.
//
// # What is always true
//
// Every cylinder is in one pile of the ledger, from its beginning on: lost,
// condemned and on its way are places. Only the ledger moves it, and only to a
// place that may follow. Gas is counted in whole units of 1/60 mL: what was
// there, was made and was bought is what was breathed, leaked, vented, boiled
// off and lost, plus what is stored, to the unit. Under the race detector, or
// built with the tag laws, this is checked after every event; a world that
// breaks it panics with the last events, and gives no number.
//
// # Events, and their order
//
// What can happen next has a slot in the calendar: a demand, a line, a truck, a
// machine. Its handler sets the slot anew or cancels it. Kinds of events are in
// events.go, in the order in which they happen at one instant:
//
//   - first a new day begins: the warm-up may end, vendors' days and tables by
//     day change;
//   - then nature: the grid, generators, machines;
//   - then what arrives: tankers, working hours, inspections, fills, couriers,
//     trucks, reports of stock;
//   - then what is asked for: demands, patients, uses and patience that end;
//   - then fixed tours begin;
//   - last, each line is reviewed once, and each plant dispatches once.
//
// So who arrives at the second in which somebody asks is in time, and a decision
// sees all that has happened. Among events of one kind the order is that of the
// Config. Nothing else decides between simultaneous events.
//
// # Chance
//
// Each source of chance has a stream named after it, and what is drawn for one
// individual is drawn at its own index, so that two designs with one seed meet
// the same world and differ by what differs:
//
//   - a demand's k-th arrival, and the use and patience of its k-th request, are
//     at k; so are patients' flows and stays;
//   - a road's state on a day is at the day, and its k-th closure at k; a weather's
//     day at the day; whoever is on the road;
//   - a truck's trip has a child stream, and each leg and each loading of it an
//     index there: delays on one trip change nothing for the next;
//   - a machine's k-th life and repair, a grid's k-th outage, a position's k-th
//     fill, an order's journey by courier are at k;
//   - when a cylinder was tested and when it will be lost is at its index among
//     those that begin where it does.
//
// # Reading order
//
// config.go says what there can be, and units.go in what. events.go and world.go
// are the machine. Then along the life of a cylinder:
//
//   - ledger.go: where it is; ledger_make.go, ageing.go and law.go beside it;
//   - plant.go, filling.go: it becomes full; with gasworks.go and balance.go if gas
//     is short, pool.go, machine.go and crew.go for what makes it, power.go, grid.go,
//     shedding.go and generator.go for what drives that;
//   - line.go, reports.go: it is ordered; hospital.go: for whom; share.go: who
//     is served first; dispatch.go, load.go, rounds.go, fetch.go, courier.go: by whom
//     it is brought;
//   - truck.go, dock.go, drive.go, stops.go: on a truck; link.go, roads.go, weather.go:
//     over which roads, in which state;
//   - demand.go, queue.go: it is used whole; or by patients and wards, from ward.go,
//     patients.go and sources.go on, beside bulk.go, concentrators.go, tanker.go;
//     manifold.go and bedside.go: its gas is used as it flows.
//
// outcome.go and the files after it are what is measured, spells.go and date.go
// small tools, trace.go the story, chain.go what stockouts waited for, steady.go
// demand without chance.
package model
