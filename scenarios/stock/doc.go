// Package stock reads what planners count: how many cylinders are full, in use
// and empty at each place, what is on its way, where the trucks are and whether
// the plants run. From it and a scenario it makes the state in which a forecast
// begins.
//
// A count is a table, CSV or XLSX, with a row for each place and a head for each
// column; table.go and xlsx.go read it, heads.go lists the columns, places.go
// finds what a row is about, begin.go says what it means, and template.go writes
// a table to fill in. What is not counted is as the scenario starts, and is
// listed as an assumption.
package stock
