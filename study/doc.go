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
//   - [Plan]: how much of something is enough to meet a target?
//   - [Compare]: which of several designs is best, and what does it cost?
//   - [Why]: how much does each cause do, and what did stockouts wait for?
//   - [Sweep], [Tornado], [Morris], [Sobol], [Spread], [Information]: what
//     matters, what is luck, and what is worth measuring?
//   - [Forecast]: from today's counts, who runs out when?
//   - [Rare]: how likely is what plain replications hardly ever see?
//
// All but the first two simulate through a [Work]: rows of numbers, by stages,
// which are kept when the question is interrupted. Designs that are compared
// meet the same futures.
//
// Files, signals, flags and exit status are left to the command; words and
// tables to package report.
//
// Reading order: subject.go, record.go, records.go, fold.go, estimate.go,
// target.go, precision.go, run.go, checkpoint.go, next.go; check.go,
// capacity.go, demand.go, plausible.go, provenance.go. Then what questions have
// in common: work.go, design.go, lever.go, target_text.go, uncertain.go,
// frontier.go, cost.go; and the questions, each in the files that begin with
// its name.
package study
