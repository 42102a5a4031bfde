// Package validation holds the program against cases whose answers are known
// exactly. It has tests only: each case runs as a ready-made scenario file,
// through the reader, the model and the engine, and again with a parameter bent
// by 5 %, which must be noticed. The page docs/validation.md is written by them:
//
//	GOLDEN=update go test ./validation
//
// Cases that are functions, such as intervals, are tested beside the functions,
// in sim/stats and sim/rng; the rare overflow of a queue is in sim.
package validation
