//go:build laws

package model

// checked makes a world check its laws after every event.
const checked = true
