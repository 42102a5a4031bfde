package scenarios

import q "oxysim/scenarios/quantity"

// File is a scenario file: what a planner writes. Its comments are the
// reference of the keys; its types say how values are written.
type File struct {
	// Title names the scenario in one line.
	Title string `key:"title"`
	// About says in a few sentences what is simulated and what is known of it.
	About string `key:"about"`
	// Run says how long and how often to simulate.
	Run Run `key:"run"`
	// Target is what the network should reach.
	Target *Target `key:"target"`
	// Cylinder types, by their label.
	Cylinder map[string]Cylinder `key:"cylinder" required:"true"`
	// Profile holds multipliers that change from day to day, to which demands and grids refer.
	Profile map[string]Profile `key:"profile"`
	// Weather that roads, grids and demands share.
	Weather map[string]Weather `key:"weather"`
	// Grid holds public power supplies.
	Grid map[string]Grid `key:"grid"`
	// Crew holds groups of people who repair.
	Crew map[string]Crew `key:"crew"`
	// Plant holds places that make oxygen or fill cylinders.
	Plant map[string]Plant `key:"plant"`
	// Vendor holds places that sell fills.
	Vendor map[string]Vendor `key:"vendor"`
	// Hospital holds places that use oxygen.
	Hospital map[string]Hospital `key:"hospital" required:"true"`
	// Junction holds places on the road that are neither plant nor hospital.
	Junction map[string]Junction `key:"junction"`
	// Road holds links between two places, travelled both ways.
	Road map[string]Road `key:"road"`
	// Truck holds vehicles.
	Truck map[string]Truck `key:"truck"`
	// Round holds fixed tours.
	Round map[string]Round `key:"round"`
	// Option holds investments, which "oxysim compare" lays over the scenario one by one.
	Option map[string]Option `key:"option"`
	// Price says what things cost. Prices move no number but those in money.
	Price *Price `key:"price"`
	// Uncertain holds laws of factors by which numbers of the scenario may be wrong, by dotted keys in quotes: beside those whose values have a range.
	Uncertain map[string]q.NumberLaw `key:"uncertain" names:"any"`
}

// Run says how long and how often to simulate.
type Run struct {
	// Start is the date of the first day. It decides weekdays and months.
	Start q.Date `key:"start" default:"2026-01-01"`
	// Horizon is how long each replication lasts.
	Horizon q.Span `key:"horizon" default:"365 d" min:"1 h" max:"100 y"`
	// WarmUp is the time at its start of which no statistics are kept.
	WarmUp q.Span `key:"warm_up" default:"0 d"`
	// Replications is how many independent futures are simulated.
	Replications int `key:"replications" default:"1000" min:"1" max:"100000000"`
	// Seed names the futures: the same seed gives the same ones.
	Seed uint64 `key:"seed" default:"1"`
	// Confidence of every interval.
	Confidence q.Share `key:"confidence" default:"95 %" min:"50 %" max:"99.99 %"`
}

// Target is what the network should reach.
type Target struct {
	// Metric is the last part of a hospital's metric, held against every hospital, or a whole name such as "network.stockout".
	Metric string `key:"metric" default:"stockout"`
	// AtMost is the largest mean that is good enough; for a metric of 0 and 1 that is a probability.
	AtMost *q.Number `key:"at_most" example:"0.05"`
	// AtLeast is the smallest mean that is good enough.
	AtLeast *q.Number `key:"at_least" example:"0.98"`
}

// Cylinder is a type of cylinder.
type Cylinder struct {
	// Content is the gas in a properly filled cylinder, at 15 °C and 1 atm: not its water litres.
	Content q.Volume `key:"content" required:"true" above:"0 L"`
	// Usable is the share of the content that can be drawn before change-over.
	Usable q.Share `key:"usable" default:"100 %" above:"0" max:"1"`
	// MassFull is the mass of a full cylinder.
	MassFull q.Mass `key:"mass_full" default:"78 kg"`
	// MassEmpty is the mass of an empty cylinder.
	MassEmpty q.Mass `key:"mass_empty" default:"69 kg"`
	// LeakPerDay is the share of what is in it that a full cylinder loses per day.
	LeakPerDay q.Share `key:"leak_per_day" default:"0 %"`
	// LossPerYear is the expected share of cylinders lost per year (theft, not returned).
	LossPerYear q.Share `key:"loss_per_year" default:"0 %"`
	// TestEvery is the time between periodic tests; 0 for none.
	TestEvery q.Span `key:"test_every" default:"0 d"`
	// TestTakes is the time a cylinder is away at its test.
	TestTakes q.SpanLaw `key:"test_takes" default:"30 d"`
	// TestReject is the probability that a test condemns the cylinder.
	TestReject q.Share `key:"test_reject" default:"4 %"`
}

// Profile is a multiplier that changes from day to day: the product of what is given.
type Profile struct {
	// Months are twelve multipliers, from January on.
	Months []float64 `key:"months"`
	// Weekdays are seven multipliers, from Monday on.
	Weekdays []float64 `key:"weekdays"`
	// Daily is a multiplier for each day, from the first day of the run or the dates of the table on; the last stands for the days after it.
	Daily q.NumberSeries `key:"daily"`
	// Factor holds multipliers of every day, by name: what is known of all days alike, such as the flow of a patient.
	Factor map[string]q.Number `key:"factor"`
	// Surge holds waves: each multiplies by up to a factor.
	Surge map[string]Surge `key:"surge"`
	// Weather whose wet days multiply too.
	Weather string `key:"weather"`
	// WetFactor is by how much they do.
	WetFactor q.Number `key:"wet_factor" default:"1" min:"0"`
}

// Surge is a wave: it rises, holds and falls in straight lines.
type Surge struct {
	// From is when it begins.
	From q.Span `key:"from" default:"0 d"`
	// Rise is how long it rises.
	Rise q.Span `key:"rise" default:"4 w"`
	// Hold is how long it stays at its height.
	Hold q.Span `key:"hold" default:"3 w"`
	// Fall is how long it falls.
	Fall q.Span `key:"fall" default:"6 w"`
	// Factor is the multiplier at its height.
	Factor q.Number `key:"factor" required:"true" example:"3" min:"0"`
}

// Weather is a sequence of dry and wet days.
type Weather struct {
	// Wet is the share of wet days in the months given.
	Wet q.Share `key:"wet" default:"0 %"`
	// Months in which it may be wet.
	Months q.Months `key:"months" default:"jan-dec"`
	// ByMonth are twelve shares of wet days, from January on, instead of wet and months.
	ByMonth []float64 `key:"by_month"`
	// Persistence is the correlation of a day with the day before.
	Persistence q.Share `key:"persistence" default:"50 %" max:"0.99"`
}

// Grid is a public power supply.
type Grid struct {
	// Parent is a grid whose outages this one shares.
	Parent string `key:"parent"`
	// Up is the time from the end of a random outage to the next.
	Up *q.SpanLaw `key:"up"`
	// Down is the length of a random outage.
	Down *q.SpanLaw `key:"down"`
	// Shed are the hours of daily load-shedding, every day the same.
	Shed *q.Hours `key:"shed"`
	// OffPerDay is the mean time without power per day by load-shedding in blocks, whose hours are drawn anew each day.
	OffPerDay *q.Span `key:"off_per_day" max:"24 h"`
	// Block is the length of one such block.
	Block q.Span `key:"block" default:"3 h" min:"15 min" max:"24 h"`
	// Profile multiplies the rate of random outages.
	Profile string `key:"profile"`
}

// Crew is a group of people who repair.
type Crew struct {
	// Count is how many machines they repair at once.
	Count int `key:"count" default:"1" min:"1" max:"10000"`
}

// Site is what plants, vendors and hospitals have in common.
type Site struct {
	// Label is the name shown in tables and figures.
	Label string `key:"label"`
	// Lat is the latitude in degrees.
	Lat *float64 `key:"lat" min:"-90" max:"90"`
	// Lon is the longitude in degrees.
	Lon *float64 `key:"lon" min:"-180" max:"180"`
}

// Electricity is how a place gets it. Without grid and generator it always has power.
type Electricity struct {
	// Grid that feeds the place.
	Grid string `key:"grid"`
	// Generator that takes over when the grid is off.
	Generator *Generator `key:"generator"`
}

// Generator takes over when the grid is off.
type Generator struct {
	// Start is the probability that it starts, in each outage.
	Start q.Share `key:"start" default:"95 %"`
	// ChangeOver is the time until it feeds.
	ChangeOver q.SpanLaw `key:"change_over" default:"10 min"`
	// Fuel is the running time of a full tank; 0 for fuel that never ends.
	Fuel q.Span `key:"fuel" default:"3 d"`
	// Refill is the time from ordering fuel, at half a tank, to its arrival.
	Refill q.SpanLaw `key:"refill" default:"2 d"`
	// Diesel is what it burns, in litres per hour.
	Diesel q.Number `key:"diesel" default:"10" min:"0"`
}

// Machines are things of a kind that run, fail and are repaired.
type Machines struct {
	// Count is how many run together.
	Count int `key:"count" default:"1" min:"0" max:"10000"`
	// Spares is how many more stand by; they do not fail while they do.
	Spares int `key:"spares" default:"0" min:"0" max:"10000"`
	// Crew that repairs them; none means that each is repaired at once.
	Crew string `key:"crew"`
	// Clocks says whether their lives run while they run, or (calendar) also while power is off; never while they are repaired, stopped or stand by.
	Clocks string `key:"clocks" default:"running" oneof:"running|calendar"`
	// Restart is the time from switching on to the first oxygen in specification.
	Restart q.SpanLaw `key:"restart" default:"0 min"`
	// MaintenanceEvery is the time between planned stops of each; 0 for none.
	MaintenanceEvery q.Span `key:"maintenance_every" default:"0 d"`
	// MaintenanceTakes is the length of a planned stop.
	MaintenanceTakes q.SpanLaw `key:"maintenance_takes" default:"8 h"`
	// Failure holds the ways in which they fail.
	Failure map[string]Failure `key:"failure"`
}

// Failure is a way in which a machine fails.
type Failure struct {
	// After is the time to failure.
	After q.SpanLaw `key:"after" required:"true" example:"exponential(90 d)"`
	// Lasts is the time of repair or recovery.
	Lasts q.SpanLaw `key:"lasts" required:"true" example:"lognormal(2 d, cv 1)"`
	// Part is the lead time of a spare part, before the repair begins.
	Part q.SpanLaw `key:"part" default:"0 d"`
	// NeedsCrew says whether the repair needs the crew.
	NeedsCrew bool `key:"needs_crew" default:"true"`
}

// Plant makes oxygen or fills cylinders.
type Plant struct {
	Site
	Electricity
	// Cylinders on hand at the start, full, by type.
	Cylinders map[string]int `key:"cylinders"`
	// Empties on hand at the start, by type.
	Empties map[string]int `key:"empties"`
	// Docks is how many trucks are loaded or unloaded at once; 0 for as many as come.
	Docks int `key:"docks" default:"0" min:"0" max:"10000"`
	// Share says who is served first when full cylinders are short.
	Share string `key:"share" default:"first come" oneof:"first come|fair|priority"`
	// Reserve is how many full cylinders are kept for urgent orders and hospitals of priority 1.
	Reserve int `key:"reserve" default:"0" min:"0" max:"1000000"`
	// Machines that make oxygen; without them gas is never short.
	Machines *PSA `key:"machines"`
	// Tank is the buffer between machines and what they feed.
	Tank q.Volume `key:"tank" default:"0 m3"`
	// Stored is the gas in the tank at the start; full if not given.
	Stored *q.Volume `key:"stored"`
	// Booster is the most the filling station can draw; without it there is no limit.
	Booster *q.Flow `key:"booster"`
	// BoosterEnergy is the electricity to compress gas into cylinders.
	BoosterEnergy q.EnergyPerVolume `key:"booster_energy" default:"0.25 kWh/m3"`
	// Filling is the filling station.
	Filling *Filling `key:"filling"`
}

// PSA is a plant's machines.
type PSA struct {
	Machines
	// Flow of one machine in specification; without it gas is never short while one runs.
	Flow *q.Flow `key:"flow"`
	// Derate is the share of the flow that is reached, because of heat, height or age.
	Derate q.Share `key:"derate" default:"100 %" max:"1"`
	// DerateMonths are twelve more such shares, from January on.
	DerateMonths []float64 `key:"derate_months"`
	// Energy is the electricity to make oxygen.
	Energy q.EnergyPerVolume `key:"energy" default:"1.2 kWh/m3"`
}

// Filling is a filling station.
type Filling struct {
	// Positions is how many cylinders can be filled at once.
	Positions int `key:"positions" required:"true" example:"10" min:"1" max:"10000"`
	// Time of one fill or, in batches, of one batch.
	Time q.SpanLaw `key:"time" required:"true" example:"1.6 h"`
	// Batch is the least number of empties with which a batch begins, in which all positions are filled together; 0 for positions that work singly.
	Batch int `key:"batch" default:"0" min:"0" max:"10000"`
	// Content is the share of the nominal content that a fill reaches.
	Content q.NumberLaw `key:"content" default:"1"`
	// Reject is the probability that a filled cylinder fails inspection, is vented and filled again.
	Reject q.Share `key:"reject" default:"0 %" max:"0.9"`
	// Inspection is the time from filled to released.
	Inspection q.SpanLaw `key:"inspection" default:"0 min"`
	// Residual says whether gas left in an empty is topped up or vented.
	Residual string `key:"residual" default:"top up" oneof:"top up|vent"`
	// Hours in which fills may begin.
	Hours q.Hours `key:"hours" default:"always"`
	// Days on which fills may begin.
	Days q.Weekdays `key:"days" default:"every day"`
	// WaitLimit is a wait for a position; longer ones are counted (fill_wait_over).
	WaitLimit q.Span `key:"wait_limit" default:"0 min"`
	// QueueLimit is a number of cylinders waiting or being filled; the time with at least as many is counted (queue_over).
	QueueLimit int `key:"queue_limit" default:"0" min:"0" max:"1000000"`
}

// Vendor takes empty cylinders and hands out full ones.
type Vendor struct {
	Site
	// Cylinders on hand at the start, full, by type.
	Cylinders map[string]int `key:"cylinders" required:"true"`
	// Empties on hand at the start, by type.
	Empties map[string]int `key:"empties"`
	// Quota is how many fills it sells a day; 0 for no limit.
	Quota int `key:"quota" default:"0" min:"0" max:"1000000"`
	// Refuses is the probability that a day brings none.
	Refuses q.Share `key:"refuses" default:"0 %"`
	// Price of a fill.
	Price *q.Money `key:"price" min:"0 USD"`
	// Docks is how many trucks are loaded or unloaded at once; 0 for as many as come.
	Docks int `key:"docks" default:"0" min:"0" max:"10000"`
	// Share says who is served first when full cylinders are short.
	Share string `key:"share" default:"first come" oneof:"first come|fair|priority"`
	// Reserve is how many full cylinders are kept for urgent orders and hospitals of priority 1.
	Reserve int `key:"reserve" default:"0" min:"0" max:"1000000"`
}

// Hospital uses oxygen.
type Hospital struct {
	Site
	Electricity
	// Beds are used only to judge whether demand is plausible.
	Beds int `key:"beds" default:"0" min:"0" max:"1000000"`
	// Priority is the rank when full cylinders are short; 1 is served first.
	Priority int `key:"priority" default:"2" min:"1" max:"1000"`
	// CylinderType it keeps; the only one if there is one.
	CylinderType string `key:"type"`
	Kept
	// Cylinder holds further types it keeps.
	Cylinder map[string]Kept `key:"cylinder"`
	// Cylinders is demand for whole cylinders.
	Cylinders map[string]CylinderDemand `key:"cylinders"`
	// Patients is demand by groups of patients.
	Patients map[string]PatientDemand `key:"patients"`
	// Flow is demand as a flow that is always asked for.
	Flow map[string]FlowDemand `key:"flow"`
	// Sources of oxygen for patients and flow, in the order in which they are used; those that are described, in the usual order, if not given.
	Sources []string `key:"sources" oneof:"concentrators|pipe|bulk|manifold|bedside"`
	// Concentrators at the bedside.
	Concentrators *Concentrators `key:"concentrators"`
	// Pipe from a plant.
	Pipe *Pipe `key:"pipe"`
	// Bulk is a tank of liquid oxygen.
	Bulk *Bulk `key:"bulk"`
	// Manifold of two banks of cylinders.
	Manifold *Manifold `key:"manifold"`
	// Bedside cylinders, one to a patient.
	Bedside *Bedside `key:"bedside"`
	// CensusLimit is a number of patients on oxygen; the time with more is counted (census_over).
	CensusLimit int `key:"census_limit" default:"0" min:"0" max:"1000000"`
}

// Kept is a type of cylinder that a hospital keeps.
type Kept struct {
	// Buffer is how many full cylinders it should have: what orders fill up to, and what is on hand at the start.
	Buffer int `key:"buffer" default:"0" min:"0" max:"1000000"`
	// Full is how many full ones are on hand at the start; the buffer if not given.
	Full *int `key:"full" min:"0" max:"1000000"`
	// Empty is how many empty ones are on hand at the start.
	Empty int `key:"empty" default:"0" min:"0" max:"1000000"`
	// Supply says how they are replenished.
	Supply *Supply `key:"supply"`
}

// Supply says how a hospital's cylinders are replenished. The position is what is on hand or in use, plus what is coming, less what is owed to those who wait.
type Supply struct {
	// From is the plant or vendor; the only one if there is one.
	From string `key:"from"`
	// By is who brings them: trucks, a courier (each order travels by itself), or the hospital's own truck.
	By string `key:"by" default:"truck" oneof:"truck|courier|own truck"`
	// Order says when how many are ordered: "one for one" (each emptied one), "up to" (at or below reorder_at, up to the buffer), "lot" (at or below reorder_at, lots), "every lot" (one lot at each review), "cover" (at or below so many days of cover, up to the buffer), "rounds" (none: rounds bring what is missing).
	Order string `key:"order" default:"up to" oneof:"one for one|up to|lot|every lot|cover|rounds"`
	// ReorderAt is the position at or below which to order; half the buffer if not given.
	ReorderAt *int `key:"reorder_at"`
	// Lot is the size of an order.
	Lot int `key:"lot" default:"0" min:"0" max:"1000000"`
	// Cover is the days of mean use at or below which to order.
	Cover q.Span `key:"cover" default:"3 d"`
	// Every is the time between reviews; 0 means after every change.
	Every q.Span `key:"every" default:"0 d"`
	// First is the time of the first review.
	First q.Span `key:"first" default:"0 d"`
	// UrgentAt is how many full ones on hand make an order urgent: it comes first, at any hour; none if not given.
	UrgentAt *int `key:"urgent_at" min:"0"`
	// Delay is the time a courier takes.
	Delay *q.SpanLaw `key:"delay"`
	// ReturnDelay is the time an empty takes back with a courier.
	ReturnDelay q.SpanLaw `key:"return_delay" default:"0 d"`
	// Returns says when a courier takes empties: with a delivery, or at once when they are emptied.
	Returns string `key:"returns" default:"with delivery" oneof:"with delivery|at once"`
	// Empties says how many a truck takes back: one for one, or all it has room for.
	Empties string `key:"empties" default:"one for one" oneof:"one for one|all"`
	// ReportEvery is the time between counts of stock sent to the dispatcher; 0 means that stock is seen live.
	ReportEvery q.Span `key:"report_every" default:"0 d"`
	// ReportFirst is the time of the first count.
	ReportFirst q.Span `key:"report_first" default:"0 d"`
	// ReportLate is the time from a count to its arrival.
	ReportLate q.SpanLaw `key:"report_late" default:"0 d"`
}

// CylinderDemand asks for whole cylinders.
type CylinderDemand struct {
	// Rate of a Poisson process of requests.
	Rate *q.Rate `key:"rate"`
	// Every is the time between requests, instead of a rate.
	Every *q.SpanLaw `key:"every"`
	// First is the time of the first request, with every.
	First q.Span `key:"first" default:"0 d"`
	// Places always have a cylinder in use and ask for another when it is empty, instead of requests.
	Places int `key:"places" default:"0" min:"0" max:"10000"`
	// Batch is how many cylinders are asked for at once.
	Batch q.CountLaw `key:"batch" default:"1"`
	// Use is how long a cylinder is in use.
	Use q.SpanLaw `key:"use" default:"0 h"`
	// Unmet says what a request does that finds none: it is lost, it waits, or it waits and leaves.
	Unmet string `key:"unmet" default:"waits" oneof:"lost|waits|leaves"`
	// Patience is how long it waits before it leaves.
	Patience q.SpanLaw `key:"patience" default:"12 h"`
	// CylinderType asked for; the hospital's own if not given.
	CylinderType string `key:"type"`
	// Profile multiplies the rate.
	Profile string `key:"profile"`
	// Steady is whether nothing about it is left to chance: requests come evenly along the profile, and the rest is as its mean; false if not given.
	Steady *bool `key:"steady"`
}

// PatientDemand is a group of patients.
type PatientDemand struct {
	// Rate of arrivals.
	Rate q.Rate `key:"rate" required:"true"`
	// Flow a patient needs.
	Flow q.FlowLaw `key:"flow" required:"true" example:"lognormal(5 L/min, cv 0.5)"`
	// Stay is how long.
	Stay q.SpanLaw `key:"stay" required:"true" example:"lognormal(3 d, cv 0.9)"`
	// Triage is the rank when gas is short; 1 is served first.
	Triage int `key:"triage" default:"1" min:"1" max:"1000"`
	// Initial is how many are there at the start; the long-run mean if not given.
	Initial *int `key:"initial" min:"0" max:"100000"`
	// ReferAfter is how long one endures without oxygen before being referred elsewhere; never if not given.
	ReferAfter *q.SpanLaw `key:"refer_after"`
	// Hazard is the extra deaths per patient-hour without oxygen.
	Hazard q.Number `key:"hazard" default:"0" min:"0"`
	// Profile multiplies the rate.
	Profile string `key:"profile"`
	// Steady is whether nothing about it is left to chance: patients come evenly along the profile, and each is as the mean; false if not given.
	Steady *bool `key:"steady"`
}

// FlowDemand is a flow that is always asked for.
type FlowDemand struct {
	// Mean flow.
	Mean *q.Flow `key:"mean"`
	// Daily is the mean flow of each day, instead of mean.
	Daily q.FlowSeries `key:"daily"`
	// Scale multiplies it.
	Scale q.Number `key:"scale" default:"1" min:"0"`
	// Vary multiplies it, drawn anew for each day.
	Vary q.NumberLaw `key:"vary" default:"1"`
	// Profile multiplies it.
	Profile string `key:"profile"`
	// Steady is whether nothing about it is left to chance: each day is as the mean of its profile; false if not given.
	Steady *bool `key:"steady"`
}

// Concentrators stand at the bedside.
type Concentrators struct {
	Machines
	// Flow of one.
	Flow q.Flow `key:"flow" default:"8 L/min"`
	// Power of one while it runs.
	Power q.Power `key:"power" default:"0.5 kW"`
}

// Pipe from a plant.
type Pipe struct {
	// From is the plant; the only one if there is one.
	From string `key:"from"`
	// Limit is the most it carries.
	Limit *q.Flow `key:"limit"`
}

// Bulk is a tank of liquid oxygen, in volumes of gas (1 L of liquid is 861 L of gas).
type Bulk struct {
	// Tank is what it holds.
	Tank q.Volume `key:"tank" required:"true"`
	// Stored is what is in it at the start; full if not given.
	Stored *q.Volume `key:"stored"`
	// BoilOff is the share of the tank's size lost per day while it is not empty.
	BoilOff q.Share `key:"boil_off" default:"0.5 %"`
	// Limit is the most the vaporiser gives.
	Limit *q.Flow `key:"limit"`
	// Inflow is a steady stream into it, made or brought.
	Inflow q.FlowSeries `key:"inflow"`
	// Tanker holds series of deliveries.
	Tanker map[string]Tanker `key:"tanker"`
}

// Tanker is a series of deliveries to a bulk tank. What does not fit goes back.
type Tanker struct {
	// Every is the time between departures; one departure only if not given.
	Every *q.SpanLaw `key:"every"`
	// First is the time of the first departure.
	First q.Span `key:"first" default:"0 d"`
	// Last is the time after which none departs; never if not given.
	Last *q.Span `key:"last"`
	// Load of each.
	Load q.VolumeLaw `key:"load" required:"true" example:"5000 m3"`
	// Travel is the time from departure to arrival.
	Travel q.SpanLaw `key:"travel" default:"0 d"`
	// Fails is the probability that one does not come.
	Fails q.Share `key:"fails" default:"0 %"`
}

// Manifold feeds a hospital's pipes from two banks of cylinders.
type Manifold struct {
	// CylinderType connected; the hospital's own if not given.
	CylinderType string `key:"type"`
	// Bank is how many cylinders are in each bank.
	Bank int `key:"bank" default:"4" min:"1" max:"10000"`
	// Connect is the time to replace an emptied bank.
	Connect q.SpanLaw `key:"connect" default:"15 min"`
	// ChangeOver is the time without flow when one bank is empty and the other takes over.
	ChangeOver q.SpanLaw `key:"change_over" default:"0 min"`
}

// Bedside cylinders serve one patient each.
type Bedside struct {
	// Types used, the first of which there is a full one; the hospital's own if not given.
	Types []string `key:"types"`
	// Connect is the time to connect one.
	Connect q.SpanLaw `key:"connect" default:"15 min"`
}

// Junction is a place on the road.
type Junction struct {
	Site
}

// Road is a link between two places.
type Road struct {
	// From is a plant, vendor, hospital or junction.
	From string `key:"from" required:"true"`
	// To is another.
	To string `key:"to" required:"true"`
	// Length of the road.
	Length q.Distance `key:"length" default:"0 km"`
	// Speed of a truck on a dry day.
	Speed *q.Speed `key:"speed"`
	// Time of the whole road, instead of length and speed.
	Time *q.SpanLaw `key:"time"`
	// Profile multiplies the time; wet days multiply it by its wet_factor.
	Profile string `key:"profile"`
	// DayVariation multiplies the time of everybody on a day.
	DayVariation q.NumberLaw `key:"day_variation" default:"1"`
	// TripVariation multiplies the time of each trip.
	TripVariation q.NumberLaw `key:"trip_variation" default:"1"`
	// Checkpoints met.
	Checkpoints q.CountLaw `key:"checkpoints" default:"0"`
	// CheckpointDelay is the time at each.
	CheckpointDelay q.SpanLaw `key:"checkpoint_delay" default:"15 min"`
	// Hours in which it may be entered.
	Hours q.Hours `key:"hours" default:"always"`
	// Closure holds ways in which it is closed.
	Closure map[string]Closure `key:"closure"`
}

// Closure is a way in which a road is closed.
type Closure struct {
	// Rate of random closures, while the months last.
	Rate *q.Rate `key:"rate"`
	// Lasts is how long a random closure lasts.
	Lasts *q.SpanLaw `key:"lasts"`
	// Daily is the probability that the road is closed for the whole of a day.
	Daily q.Share `key:"daily" default:"0 %"`
	// Months in which this may happen.
	Months q.Months `key:"months" default:"jan-dec"`
	// Weather whose wet days close the road.
	Weather string `key:"weather"`
	// WetChance is the probability that a wet day does.
	WetChance q.Share `key:"wet_chance" default:"0 %"`
	// From is the date or time at which one closure begins.
	From *q.Span `key:"from"`
	// Until is when it ends.
	Until *q.Span `key:"until"`
	// Known says whether dispatchers know of a closure at once and send nobody into it.
	Known bool `key:"known" default:"true"`
}

// Truck is a vehicle, or several alike.
type Truck struct {
	// Count is how many there are.
	Count int `key:"count" default:"1" min:"0" max:"10000"`
	// Home is a plant, a vendor, or the hospital whose own it is.
	Home string `key:"home" required:"true"`
	// Serves are the hospitals it goes to; all if not given.
	Serves []string `key:"serves"`
	// Room is how many cylinders it carries.
	Room int `key:"room" required:"true" example:"40" min:"1" max:"100000"`
	// Payload is the mass it carries; no limit if not given.
	Payload *q.Mass `key:"payload"`
	// LoadTime is the time to load or unload, whatever the number.
	LoadTime q.SpanLaw `key:"load_time" default:"0 min"`
	// LoadEach is the further time for each cylinder.
	LoadEach q.Span `key:"load_each" default:"0 min"`
	// Shift is when it may leave home.
	Shift q.Hours `key:"shift" default:"always"`
	// Days on which it may leave home.
	Days q.Weekdays `key:"days" default:"every day"`
	// DrivingLimit is the driving time after which it rests; 0 for no limit.
	DrivingLimit q.Span `key:"driving_limit" default:"0 h"`
	// Rest is how long.
	Rest q.Span `key:"rest" default:"10 h"`
	// BreakdownEvery is the mean distance between breakdowns; never if not given.
	BreakdownEvery *q.Distance `key:"breakdown_every"`
	// Repair is how long a breakdown lasts.
	Repair q.SpanLaw `key:"repair" default:"lognormal(3 d, cv 1)"`
	// Diesel is what it burns, in litres per km.
	Diesel q.Number `key:"diesel" default:"0.3" min:"0"`
	// Stops is the most hospitals in one trip.
	Stops int `key:"stops" default:"1" min:"1" max:"20"`
}

// Round is a fixed tour.
type Round struct {
	// From is the plant or vendor; the only one if there is one.
	From string `key:"from"`
	// Truck that goes, and then goes on rounds only; any that is at home if not given.
	Truck string `key:"truck"`
	// Stops are hospitals, in order.
	Stops []string `key:"stops" required:"true"`
	// Days of the week.
	Days q.Weekdays `key:"days" default:"every day"`
	// At is the time of day.
	At q.ClockTime `key:"at" default:"07:00"`
	// Every is the time between tours, instead of days and time of day.
	Every q.Span `key:"every" default:"0 d"`
	// First is the time of the first, with every.
	First q.Span `key:"first" default:"0 d"`
	// IfClosed says what a tour does whose road is known to be closed when it is due.
	IfClosed string `key:"if_closed" default:"wait" oneof:"wait|skip"`
}
