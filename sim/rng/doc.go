// Package rng draws random numbers from named streams, by laws of probability.
//
// A world takes a [Source] from its seed and replication, and from the source one
// [Stream] for each thing that chance decides, by the thing's dotted name:
//
//	nature := rng.New(seed, replication)
//	stays := nature.Stream(rng.NameOf("hospital.rizgary.stay"))
//	stay := law.At(stays, patient) // the same patient in every scenario
//
// What it promises:
//
//   - A number depends on seed, replication, name and index, and on nothing else: not
//     on what was drawn before it, nor on how many processors were at work. To add a
//     hospital moves no number of another.
//   - No two replications share a stream, and no stream is part of another.
//   - A draw takes one index and one uniform number, by inversion, so it rises with the
//     uniform number. Two designs that meet the same uniform numbers meet worlds as
//     alike as their laws allow; this is what makes common random numbers work.
//   - The bits are the same on every processor that Go compiles for, with or without
//     fused multiply-add, because logarithm and exponential are its own. Tests hold the
//     first numbers of streams, and a digest of draws from all laws, as constants.
//   - To draw allocates nothing, and calls no interface.
//
// A stream has 2^64 numbers of 64 bits each; a uniform number has the first 52, and is
// an odd multiple of 2^-53. A stream is not fit for secrets.
//
// What it leaves to others: rounding of draws to whole seconds ([oxysim/sim]), the
// spelling of laws in files and their units (scenarios), which things own streams
// (model).
//
// # Reading order
//
// stream.go makes bits; law.go draws, fill.go many numbers at once, and ahead.go some
// before they are needed; laws.go and compound.go have the laws, one constructor each,
// and check.go what their parameters may be. Below these, elementary.go has the
// logarithm and the exponential with table.go, normal.go the normal quantile, gamma.go
// the gamma quantile, steps.go the counts. text.go prints.
//
// # Sources
//
// Salmon and others, "Parallel random numbers: as easy as 1, 2, 3" (2011), for numbers
// by counter; L'Ecuyer, Munger, Oreshkin and Simard, "Random numbers for parallel
// computers" (2017), for streams; Law, Simulation Modeling and Analysis (2015),
// sections 8.2 and 11.2, for inversion and common random numbers. Formulas name theirs
// where they stand.
package rng
