package model_test

import (
	"fmt"
	"os"

	"oxysim/model"
	"oxysim/sim"
	"oxysim/sim/rng"
)

// The life of one cylinder, with nothing left to chance. It begins empty at a
// plant whose one filling position takes two hours. A clinic 60 km away keeps
// none and orders one for each that is asked for, by a truck that drives 40 km/h
// and is loaded or unloaded in ten minutes. At eight somebody asks for a
// cylinder, and uses it for five hours.
func ExampleWorld() {
	cfg := &model.Config{
		Horizon: sim.Day,
		Types:   []model.CylinderType{{Name: "J", Content: 6800 * model.Litre, Usable: 0.95}},
		Plants: []model.Plant{{
			Name: "plant.works", Power: model.Power{Grid: model.None}, Empty: []int{1},
			Fill: &model.Fill{Positions: 1, Time: hours(2), Content: rng.Constant(1)},
		}},
		Hospitals: []model.Hospital{{
			Name: "hospital.clinic", Power: model.Power{Grid: model.None},
			Lines: []model.Line{{Supply: &model.Supply{
				Urgent: -1, AllEmpties: true, Policy: model.Policy{Kind: model.OneForOne},
			}}},
			Cylinders: []model.CylinderDemand{{
				Name: "hospital.clinic.cylinders", First: 8 * sim.Hour, Interval: hours(24), Batch: rng.Constant(1),
				Use: hours(5), Unmet: model.Waits, Storm: model.None,
			}},
		}},
		Links: []model.Link{{
			Name: "way", From: 0, To: 1, Length: 60, Speed: 40, Storm: model.None, DayVary: rng.Constant(1), TripVary: rng.Constant(1),
		}},
		Trucks: []model.Truck{{Name: "truck.lorry", Home: 0, Room: 10, Stops: 1, LoadFix: rng.Constant(600)}},
		Rounds: []model.Round{{ // in the evening the truck fetches empties
			Name: "evening", Plant: 0, Truck: model.None, Stops: []int{0}, Every: sim.Day, First: 17 * sim.Hour,
		}},
	}
	world := model.New(cfg)
	world.Trace(os.Stdout)
	outcome := world.Run(1, 0) // seed and replication, which here play no part
	for i, m := range world.Metrics() {
		switch m.Name {
		case "hospital.clinic.wait_hours", "network.gas_breathed", "truck.lorry.km":
			fmt.Printf("%s: %.4g %s\n", m.Name, outcome[i], m.Unit)
		}
	}
	// Output:
	// d000 00:00    plant.works              begins with 0 cylinders full and 1 empty
	// d000 00:00    hospital.clinic          begins with 0 cylinders full and 0 empty
	// d000 00:00    plant.works              begins to fill cylinder 0 (0 empty left)
	// d000 02:00    plant.works              has filled cylinder 0 (1 full)
	// d000 08:00    hospital.clinic          asks for 1 cylinder
	// d000 08:00    hospital.clinic          STOCKOUT begins
	// d000 08:00    hospital.clinic          owes 1 cylinder: none on hand
	// d000 08:00    hospital.clinic          orders 1 cylinder from plant.works (position -1)
	// d000 08:00    truck.lorry              takes cylinder 0, full, at plant.works (0 full left there)
	// d000 08:00    truck.lorry              begins a trip with 1 full cylinder to hospital.clinic
	// d000 08:00    truck.lorry              is being loaded until d000 08:10
	// d000 08:10    truck.lorry              is loaded
	// d000 08:10    truck.lorry              sets out for hospital.clinic, 1h30m away
	// d000 09:40    truck.lorry              reaches hospital.clinic
	// d000 09:40    truck.lorry              is being unloaded until d000 09:50
	// d000 09:50    truck.lorry              is unloaded at hospital.clinic
	// d000 09:50    hospital.clinic          receives cylinder 0 from truck.lorry (1 full)
	// d000 09:50    hospital.clinic          connects cylinder 0 (0 full left)
	// d000 09:50    hospital.clinic          STOCKOUT ends
	// d000 09:50    truck.lorry              sets out for plant.works, 1h30m away
	// d000 11:20    truck.lorry              reaches plant.works
	// d000 11:20    truck.lorry              is being unloaded until d000 11:30
	// d000 11:30    truck.lorry              is unloaded at plant.works
	// d000 11:30    truck.lorry              is free at plant.works
	// d000 14:50    hospital.clinic          has emptied cylinder 0 (1 empty)
	// d000 17:00    round.evening            is due
	// d000 17:00    truck.lorry              begins a trip with 0 full cylinders to hospital.clinic
	// d000 17:00    truck.lorry              is being loaded until d000 17:10
	// d000 17:10    truck.lorry              is loaded
	// d000 17:10    truck.lorry              sets out for hospital.clinic, 1h30m away
	// d000 18:40    truck.lorry              reaches hospital.clinic
	// d000 18:40    truck.lorry              is being unloaded until d000 18:50
	// d000 18:50    truck.lorry              is unloaded at hospital.clinic
	// d000 18:50    truck.lorry              takes cylinder 0, empty, at hospital.clinic (0 empty left there)
	// d000 18:50    truck.lorry              sets out for plant.works, 1h30m away
	// d000 20:20    truck.lorry              reaches plant.works
	// d000 20:20    truck.lorry              is being unloaded until d000 20:30
	// d000 20:30    truck.lorry              is unloaded at plant.works
	// d000 20:30    plant.works              receives cylinder 0, empty, from truck.lorry (1 empty)
	// d000 20:30    plant.works              begins to fill cylinder 0 (0 empty left)
	// d000 20:30    truck.lorry              is free at plant.works
	// d000 22:30    plant.works              has filled cylinder 0 (1 full)
	// network.gas_breathed: 6.46 m3
	// hospital.clinic.wait_hours: 1.833 h
	// truck.lorry.km: 240 km
}

// hours is the law of a constant number of hours.
func hours(h float64) rng.Law { return rng.Constant(h * 3600) }
