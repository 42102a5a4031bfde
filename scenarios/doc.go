// Package scenarios says which keys a scenario file has, reads it, and makes of
// it what the model wants. It holds the ready-made scenarios.
//
//	s, problems := scenarios.Open("kri-erbil", "hospital.rizgary.buffer=45")
//
// A [Scenario] is a [File], as it was written with its defaults, and a
// model.Config, with everything resolved: names to indices, units to whole
// numbers, calendars to one number for each day. Its digest is of what decides
// its numbers and of nothing else. What is wrong is a [Problem] with a place, all
// of them at once.
//
// Things of a kind are in the order of their names, so that the order of a file
// or of a table changes no number.
//
// What it leaves to others: how a quantity is written is in
// [oxysim/scenarios/quantity]; files, tables, variants and places are in
// [oxysim/scenarios/source], which knows no key of ours; whether a scenario is
// plausible is for package study.
//
// Read file.go, whose comments are the reference of the keys; scenario.go;
// build.go and the files after it; schema.go.
package scenarios
