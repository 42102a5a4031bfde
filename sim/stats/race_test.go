//go:build race

package stats

// slow says that everything takes ten times as long, so that simulations of
// coverage, in which nothing is concurrent, are cut short.
const slow = true
