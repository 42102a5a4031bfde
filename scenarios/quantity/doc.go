// Package quantity reads values that carry their unit: "42 km", "36h",
// "30 Nm3/h", "5 %", "lognormal(25m, cv 0.3)".
//
// Each kind of quantity is a small type with UnmarshalText, whose errors say
// what was wanted, what was written, and a guess:
//
//	want a distance such as "42 km", not "42"
//	want a distance such as "42 km", not a time "42 h"
//
// A number is written 1200, 1_200, 1.5 or 1e3. Typographic spaces, "m³" and
// "−" are understood; a comma is refused, because it means a thousand to some
// and a fraction to others. After a value may stand the range within which it
// is believed to lie, "13 h (12 h – 15 h)"; it is kept beside the value.
//
// Values are kept in one base unit per kind, named by the accessor: seconds,
// kilometres, sixtieths of a millilitre of gas. A volume of gas is at 15 °C and
// 101.325 kPa; "Nm3" is a cubic metre at 0 °C and is converted.
//
// The package knows nothing of files and keys: positions, names and defaults
// are left to package source, and what the quantities mean to package
// scenarios.
//
// Read number.go, unit.go and scalar.go for how one number is read, types.go
// for the kinds, law.go and lawtable.go for distributions, then the rest in any
// order.
package quantity
