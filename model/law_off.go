//go:build !race && !laws

package model

// checked makes a world check its laws after every event, in builds with the
// race detector or the tag laws.
const checked = false
