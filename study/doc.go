// Package study asks questions of the model, many times over, and answers them
// with their uncertainty.
//
// One replication is one [Record], a line of JSON that says what it is of.
// Everything that is told is a function of records, in the order of their
// numbers: whether they come from a simulation, from a file, or from the files
// of several machines makes no difference to the last byte. What is remembered
// of them is a [Fold], whose size does not depend on how many there are; it can
// be saved and continued.
//
// A question is asked of a [Subject], a scenario with the settings laid over
// it:
//
//   - [Run]: what happens as things are, and is the target met?
//   - [Check]: what does the scenario mean, and is that plausible?
//
// Files, signals, flags and exit status are left to the command; words and
// tables to package report.
//
// Reading order: subject.go, record.go, records.go, fold.go, estimate.go,
// target.go, verdict.go, precision.go, run.go, checkpoint.go, next.go;
// check.go, capacity.go, demand.go, plausible.go, provenance.go.
package study
