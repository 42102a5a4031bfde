//go:build race

package validation

// raced is true under the race detector, where the laws are checked after
// every event and the cases would take too long.
const raced = true
