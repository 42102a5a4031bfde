//go:build !race

package stats

// slow: see race_test.go.
const slow = false
