package model

import (
	"oxysim/sim"
	"oxysim/sim/rng"
)

// Config says what a world is made of. It is plain data, with everything
// resolved: names to indices, units to the units of the fields, calendars to
// one number per day. A world never changes its Config.
//
// Laws of lengths of time are in seconds. Shares and probabilities are in [0,1].
type Config struct {
	Start   Date     // the date of day 0; decides weekdays and months
	Horizon sim.Span // length of a replication
	WarmUp  sim.Span // at its start, of which no statistics are kept
	At      sim.Span // the instant at which it begins, from the start of day 0 on; then there is no warm-up

	Types     []CylinderType
	Grids     []Grid
	Crews     []Crew
	Weathers  []Weather
	Plants    []Plant
	Hospitals []Hospital
	Junctions []string // places on the road network that are neither plant nor hospital
	Links     []Link
	Trucks    []Truck
	Rounds    []Round
}

// None is the index of a thing that is not there.
const None = -1

// CylinderType is a size of cylinder.
type CylinderType struct {
	Name    string  // such as "J"
	Content Gas     // of a properly filled cylinder
	Usable  float64 // share of Content that can be drawn before change-over; the rest is residual
	Full    Kg      // mass when full
	Empty   Kg      // mass when empty
	Leak    float64 // share of what is in it that a full cylinder loses per day on a shelf or a truck
	Loss    float64 // rate per year at which a cylinder is lost (theft, unreturned); found when empties are collected

	TestEvery  sim.Span // between periodic tests; 0 for no tests
	TestTakes  rng.Law  // time away at test
	TestReject float64  // probability of being condemned at a test
}

// Windows are the parts of a day during which something is open, each from a
// time of day up to another, in order and apart. None means always.
type Windows []Window

// Window is a part of a day.
type Window struct{ From, To sim.Span } // times of day; To may reach 24 h

// Grid is a public power supply. It is off while any of its outages lasts or
// the grid it hangs on is off.
type Grid struct {
	Name    string
	Parent  int       // the regional grid whose outages it shares, or None; parents come first
	Up      rng.Law   // time from the end of a random outage to the next; ignored unless Random
	Down    rng.Law   // length of a random outage
	Random  bool      // there are random outages
	Shed    Windows   // daily load-shedding
	Profile []float64 // multiplies the rate of random outages, by day; nil for 1
	Storm   int       // the weather whose wet days multiply the rate of outages, or None
	Factor  float64   // by which they do
	Blocks  *Blocks   // load-shedding whose hours are drawn anew each day, or nil
	Out     *Failed   // that lasts at the start, or nil
}

// Blocks is load-shedding of so many hours a day, in blocks of equal length
// that begin at times of day drawn anew for each day.
type Blocks struct {
	HoursOff float64  // mean hours without power per day, in [0,24]
	Length   sim.Span // of one block; divides a day
}

// Crew is a group of people who repair, one machine each at a time, in order
// of failure.
type Crew struct {
	Name  string
	Count int
}

// Weather is a sequence of dry and wet days, a two-state chain, that roads,
// power and demand may share.
type Weather struct {
	Name string
	Wet  []float64 // probability of a wet day, by day
	Stay float64   // correlation of a day with the day before, in [0,1)
}

// Power is how a place gets electricity. A place with no grid and no generator
// always has power; one with a generator alone lives from it, from the start.
type Power struct {
	Grid      int // or None
	Generator *Generator
}

// Generator takes over when the grid fails.
type Generator struct {
	Start      float64  // probability that it starts, once per outage
	ChangeOver rng.Law  // time until it feeds
	Fuel       sim.Span // running time of a full tank; 0 for a supply that never ends
	Refill     rng.Law  // time from an order of fuel, placed at half a tank, to its arrival
	LitresHour float64  // of diesel burnt
}

// Machine is a kind of thing that fails and is repaired: PSA units, concentrators.
type Machine struct {
	Count       int // needed and run together
	Spares      int // cold: they do not fail while they stand by
	Modes       []Failure
	Crew        int      // or None: each machine is repaired at once
	Maintenance sim.Span // time between planned stops of each machine; 0 for none
	Stop        rng.Law  // length of a planned stop
	Calendar    bool     // clocks of failure run also while there is no power
	Restart     rng.Law  // time from switching on to the first gas in specification; machines are warm at the start
	Down        []Failed // of machines that are down at the start, at most one each
}

// Failure is a way in which a machine fails.
type Failure struct {
	Name  string
	After rng.Law // running time to failure
	Lasts rng.Law // time of repair by the crew; time to recovery if Crew is not needed
	Spare rng.Law // lead time of a spare part, before the repair begins
	Crew  bool    // the repair needs a crew
}

// Plant is a place where cylinders become full: a PSA plant with a filling
// station, or a vendor.
type Plant struct {
	Name   string // dotted, such as "plant.lawzha" or "vendor.afrox"
	Power  Power
	Full   []int // cylinders on hand at the start, by type
	Empty  []int
	Docks  int     // trucks loaded or unloaded at once
	Make   *Make   // how gas is made; nil if gas is never short
	Fill   *Fill   // the filling station; nil at a vendor and at a plant that only feeds a pipe
	Vendor *Vendor // or nil

	Share   Allocation // when full cylinders are short
	Reserve int        // full cylinders of each type kept for urgent orders and hospitals of priority 1
}

// Make is how a plant makes gas.
type Make struct {
	Machines Machine
	Flow     Flow      // of one machine in specification; 0 means that gas is never short while a machine runs
	Derate   []float64 // share of Flow reached, by day; nil for 1
	Tank     Gas       // buffer tank
	Stored   Gas       // in it at the start
	Booster  Flow      // the most the filling station can draw; 0 for no limit
	KWh      float64   // electricity per m³ made
	BoostKWh float64   // and per m³ compressed
}

// Fill is a filling station.
type Fill struct {
	Positions  int
	Time       rng.Law  // of one fill or, in batches, of one batch
	Batch      int      // the least number of empties with which a batch begins; 0 for positions that work singly
	Content    rng.Law  // share of the nominal content reached
	Reject     float64  // probability that a filled cylinder fails inspection, is vented and filled again
	Inspect    rng.Law  // time from filled to released
	Vent       bool     // residual gas is vented before filling, not topped up
	Hours      Windows  // in which fills may begin
	Days       uint8    // weekdays on which fills may begin, bit 0 = Monday; 0 for all
	WaitLimit  sim.Span // waits for a position above it are counted
	QueueLimit int      // time with at least this many cylinders at the station (waiting or filling) is counted
}

// Vendor sells fills: it takes an empty cylinder and hands a full one.
type Vendor struct {
	Quota  int     // cylinders a day; 0 for no limit
	Refuse float64 // probability that a day brings nothing
}

// Allocation says which order is served first when full cylinders are short.
type Allocation uint8

// Ways of sharing.
const (
	FirstCome  Allocation = iota // the oldest order
	FairShare                    // the hospital with the fewest days of cover, and no more than its share
	ByPriority                   // the hospital of the first priority, then the oldest order
)

// Hospital is a place where oxygen is used.
type Hospital struct {
	Name     string // dotted, such as "hospital.rizgary"
	Beds     int    // 0 if unknown
	Priority int    // 1 is served first
	Power    Power
	Lines    []Line // one for each type of cylinder it keeps

	Cylinders []CylinderDemand // demand for whole cylinders
	Patients  []PatientDemand  // demand as patients, the first group first in triage
	Flow      []FlowDemand     // demand as a flow

	Sources       []Source // used in this order, for patients and flow
	Concentrators *Concentrators
	Pipe          *Pipe
	Bulk          *Bulk
	Manifold      *Manifold
	Bedside       *Bedside
	CensusLimit   int // time with more patients than this is counted
}

// Source is one of a hospital's sources of oxygen.
type Source uint8

// Sources.
const (
	FromConcentrators Source = iota
	FromPipe
	FromBulk
	FromManifold
	FromBedside
)

// Line is a type of cylinder kept by a hospital, and how it comes.
type Line struct {
	Type   int
	Full   int // on hand at the start
	Empty  int
	InUse  int      // in use at the start, for a part of their time
	Coming []Coming // on their way at the start, and not on a truck
	Supply *Supply  // nil if none is brought
}

// Supply is how a line is replenished.
type Supply struct {
	Plant      int
	Policy     Policy
	Courier    *Courier // each order travels by itself; nil if trucks bring them
	Report     *Report  // stock is known by reports; nil if it is seen live
	Urgent     int      // on hand at or below it, an order is urgent; -1 for never
	AllEmpties bool     // a delivery takes back every empty it has room for, not one for one
}

// Policy says when how many cylinders are ordered. The position is what is on
// hand or in use, plus what is on order, less what is owed to those who wait.
type Policy struct {
	Kind  PolicyKind
	Point int      // order when the position is at or below it
	UpTo  int      // order up to this position
	Lot   int      // order this many
	Every sim.Span // time between reviews; 0 for continuous review
	First sim.Span // time of the first review
	Cover float64  // days of cover at or below which to order, for DaysOfCover
}

// PolicyKind is a kind of policy.
type PolicyKind uint8

// Policies.
const (
	NoOrders    PolicyKind = iota // rounds bring what is missing up to UpTo
	OneForOne                     // every emptied cylinder, and every one owed, is ordered
	OrderUpTo                     // (s, S): at or below Point, order up to UpTo
	OrderLot                      // (s, Q): at or below Point, order Lot, as often as is needed
	LotEach                       // order Lot at every review, whatever the position
	DaysOfCover                   // at or below Cover days of mean use, order up to UpTo
	Collect                       // as OrderUpTo, and the hospital's own truck fetches them
)

// Courier carries each order by itself; orders may overtake each other.
type Courier struct {
	Out    rng.Law // time from handing over to arrival
	Back   rng.Law // time an empty takes back
	AtOnce bool    // an empty leaves when it is emptied; if not, with the next delivery
}

// Report is a count of stock sent every so often.
type Report struct {
	Every sim.Span
	First sim.Span
	Late  rng.Law // time from the count to its arrival
}

// Unmet says what a demand for a cylinder does that finds none.
type Unmet uint8

// What it does.
const (
	Lost   Unmet = iota
	Waits        // first come, first served
	Leaves       // waits, but not for longer than its patience
)

// CylinderDemand asks for whole cylinders.
type CylinderDemand struct {
	Name     string // dotted, such as "hospital.rizgary.cylinders"
	Line     int
	Mean     float64   // mean seconds between demands of a Poisson process; 0 if Interval says when
	Interval rng.Law   // time between demands otherwise
	First    sim.Span  // time of the first demand, if Interval says when; before it, there is none
	Batch    rng.Law   // cylinders asked for at once
	Profile  []float64 // multiplies the rate of a Poisson process, by day; nil for 1
	Storm    int       // the weather whose wet days multiply the rate, or None
	Factor   float64
	Use      rng.Law // how long a cylinder is in use
	Places   int     // this many places always have a cylinder in use, and ask for another when it is empty; then there are no arrivals
	Unmet    Unmet
	Patience rng.Law
	Steady   bool // nothing about it is left to chance: it comes evenly, and all is as its mean
}

// PatientDemand is a group of patients.
type PatientDemand struct {
	Name    string    // dotted, such as "hospital.rizgary.patients.child"
	Mean    float64   // mean seconds between arrivals
	Profile []float64 // multiplies the rate, by day; nil for 1
	Storm   int
	Factor  float64
	Flow    rng.Law // mL/min
	Stay    rng.Law
	Initial int     // patients at the start
	Refer   rng.Law // how long a patient endures less than half of the flow needed before being referred elsewhere
	Refers  bool    // a patient is referred
	Hazard  float64 // extra deaths per patient-hour without oxygen; 0 to expect none
	Steady  bool    // nothing about it is left to chance
}

// FlowDemand is a flow that is always asked for.
type FlowDemand struct {
	Name   string  // dotted, such as "hospital.rizgary.flow"
	Daily  []Flow  // mean flow, by day
	Vary   rng.Law // multiplies it, drawn for each day; mean 1
	Storm  int
	Factor float64
	Steady bool // nothing about it is left to chance
}

// Concentrators stand at the bedside; each serves one patient, or its flow of a flow demand.
type Concentrators struct {
	Machines Machine
	Flow     Flow    // of one
	KW       float64 // of one while it runs
}

// Pipe is a pipe from a plant.
type Pipe struct {
	Plant int
	Limit Flow // the most it carries; 0 for no limit
}

// Bulk is a tank of liquid oxygen, in amounts of gas.
type Bulk struct {
	Tank    Gas
	Stored  Gas
	BoilOff Flow   // lost while anything is in the tank
	Limit   Flow   // of the vaporiser; 0 for no limit
	Inflow  []Flow // made or brought in a steady stream, by day; nil for none
	Tankers []Tanker
}

// Tanker is a series of deliveries to a bulk tank. What does not fit goes back.
type Tanker struct {
	Name  string
	Every rng.Law  // time between departures; ignored if Once
	First sim.Span // time of the first departure
	Once  bool
	Load  rng.Law  // in Gas units
	Late  rng.Law  // from departure to arrival
	Fails float64  // probability that a delivery does not come
	Last  sim.Span // no departure after it; 0 for no end
}

// Manifold feeds the pipes of a hospital from two banks of cylinders. A bank is
// connected with what full cylinders there are, and not added to.
type Manifold struct {
	Line    int
	Bank    int     // cylinders in each bank
	Connect rng.Law // time to replace an emptied bank
	Change  rng.Law // time to change over to the other bank, without flow
}

// Bedside cylinders serve one patient each. A part-used one serves the next
// patient, unless little is left in it.
type Bedside struct {
	Lines   []int   // types used, the first that has a full cylinder
	Connect rng.Law // time to connect a cylinder
}

// Link is a road between two places, travelled both ways.
type Link struct {
	Name       string
	From, To   int // places: plants, then hospitals, then junctions
	Length     Km
	Speed      float64   // km/h, on a dry day
	Time       *rng.Law  // of the whole link, instead of length and speed
	Pace       []float64 // multiplies the time, by day; nil for 1
	Storm      int       // the weather whose wet days multiply the time, or None
	Slow       float64   // by which they do
	DayVary    rng.Law   // multiplies the time of everyone on a day; mean 1
	TripVary   rng.Law   // multiplies the time of each trip; mean 1
	Checks     rng.Law   // number of checkpoints met
	CheckTakes rng.Law   // time at each
	Hours      Windows   // in which it may be entered
	Closures   []Closure
}

// Closure is a way in which a link is closed, to those who would enter it and to
// those who are on it, who stand until it opens.
type Closure struct {
	Name   string
	Mean   float64 // mean seconds between random closures, while the season lasts; 0 for none
	Season []bool  // by day; nil for always
	Daily  float64 // probability that the link is closed on a day, for the whole of it
	Storm  int     // the weather whose wet days close the link with probability Factor, or None
	Factor float64
	Dated  []Dated
	Lasts  rng.Law // how long a random closure lasts
	Known  bool    // dispatchers know of it at once, and do not send trucks into it
}

// Dated is a closure from one instant up to another.
type Dated struct{ From, To sim.Span }

// Truck is one vehicle.
type Truck struct {
	Name     string
	Chance   string   // the name its chance goes by, the same however many there are of its kind; Name if empty
	Home     int      // place
	Serves   []int    // hospitals, in order; nil for all
	Room     int      // cylinders
	Payload  Kg       // 0 for no limit
	LoadFix  rng.Law  // time to load or unload, whatever the number
	LoadEach sim.Span // and for each cylinder
	Shift    Windows  // in which it may leave home
	Days     uint8    // weekdays on which it may leave home; 0 for all
	Driving  sim.Span // driving time after which it rests, wherever it is; 0 for no limit
	Rest     sim.Span
	Life     float64 // mean km between breakdowns; 0 for none
	Repair   rng.Law
	LitresKm float64 // of diesel
	Stops    int     // the most hospitals in one trip
	Away     *Away   // what it does at the start, unless it is at home and free
}

// Round is a fixed tour.
type Round struct {
	Name  string
	Plant int
	Truck int      // or None for any truck at home
	Stops []int    // hospitals, in order
	Days  uint8    // weekdays; 0 if Every says when
	Time  sim.Span // of day
	Every sim.Span
	First sim.Span
	Skip  bool // a round whose road is closed when it is due is skipped; if not, it waits
}
