// Package docs holds the pages that the program shows as they are.
package docs

import _ "embed" // pages

// Validation is the page on what is simulated beside exact values.
//
//go:embed validation.md
var Validation string
