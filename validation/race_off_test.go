//go:build !race

package validation

const raced = false
