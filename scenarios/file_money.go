package scenarios

import q "oxysim/scenarios/quantity"

// Option is an investment: what it changes, and what it costs.
type Option struct {
	// Label is the name shown in tables and figures.
	Label string `key:"label"`
	// Change holds what it changes: dotted keys in quotes, or tables.
	Change map[string]any `key:"change" required:"true"`
	// Capital is what it costs once.
	Capital *q.Money `key:"capital" min:"0 USD"`
	// Running is what it costs per year, beside what is counted with the prices of [price].
	Running *q.Money `key:"running" min:"0 USD"`
	// Life is after how long it has to be bought again.
	Life q.Span `key:"life" default:"10 y" above:"0 d"`
}

// Price says what things cost.
type Price struct {
	// Date at which prices hold.
	Date *q.Date `key:"date"`
	// Discount is the rate per year at which later money counts less.
	Discount q.Share `key:"discount" default:"3 %" max:"50 %"`
	// Electricity from the grid, per kWh.
	Electricity *q.Money `key:"electricity" min:"0 USD"`
	// Diesel, per litre: of generators and trucks.
	Diesel *q.Money `key:"diesel" min:"0 USD"`
	// Km is what a truck costs per km beside diesel.
	Km *q.Money `key:"km" min:"0 USD"`
	// Trip is what a truck costs per trip, such as the driver's allowance.
	Trip *q.Money `key:"trip" min:"0 USD"`
	// Fill is what a fill costs at one's own plants beside electricity.
	Fill *q.Money `key:"fill" min:"0 USD"`
	// Liquid is what liquid oxygen costs, per m3 of gas.
	Liquid *q.Money `key:"liquid" min:"0 USD"`
	// Repair is what a repair of a machine costs.
	Repair *q.Money `key:"repair" min:"0 USD"`
	// Lost is what a cylinder costs that is lost or condemned.
	Lost *q.Money `key:"lost" min:"0 USD"`
	// DALY is what the payer is willing to pay to avert the loss of a year of healthy life.
	DALY *q.Money `key:"daly" min:"0 USD"`
	// DALYsPerDeath is how many such years a death takes.
	DALYsPerDeath q.Number `key:"dalys_per_death" default:"30" min:"0" max:"100"`
	// Unit holds what one more unit of a number of the scenario costs, by dotted keys in quotes, in which "*" stands for any one part.
	Unit map[string]UnitPrice `key:"unit" names:"any"`
}

// UnitPrice is what one more unit of a number costs.
type UnitPrice struct {
	// Capital is what it costs once.
	Capital *q.Money `key:"capital" min:"0 USD"`
	// Running is what it costs per year.
	Running *q.Money `key:"running" min:"0 USD"`
	// Life is after how long it has to be bought again.
	Life q.Span `key:"life" default:"10 y" above:"0 d"`
	// Per is how many units of the number the price is for, in its own spelling: "1", "10 L/min"; one base unit of a whole number if not given.
	Per string `key:"per"`
}
