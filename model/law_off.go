//go:build !laws

package model

// checked makes a world check its laws after every event, in builds with the
// tag laws.
const checked = false
