//go:build race || laws

package main

// checked says that the model checks its laws after every event, which takes a
// hundred times as long.
const checked = true
