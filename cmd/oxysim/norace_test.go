//go:build !race && !laws

package main

// checked says that the race detector looks on, or that the model checks its laws
// after every event: either takes many times as long.
const checked = false
