// Package source reads scenario files into one tree of values that remember
// where they were written, and decodes the tree into structs.
//
// A scenario is a TOML file, which may extend another, with CSV tables beside
// it whose rows are things of one kind:
//
//	extends = "base.toml"
//
//	[table]
//	hospital = "hospitals.csv"
//
//	[hospital.rizgary]
//	buffer = 45
//
// Every value has one dotted key, hospital.rizgary.buffer, whichever way it was
// written; what comes later wins: the extended file, then tables, then the file
// itself, then [Tree.Set]. All mistakes are reported at once, each with the
// place of the key or value:
//
//	surge.toml:7:9: hospital.rizgary.bufer: unknown key (did you mean "buffer"?)
//	surge.toml:12:10: road.north.length: want a distance such as "42 km", not "42"
//
// Where a number comes from is said in the table [source], or in the column
// "source" of a CSV table, and is asked with [Tree.Source].
//
// The package knows no key but its own three, extends, table and source. What
// keys there are is said by the tags of a struct, from which [Schema] and
// [Reference] are made too; what the values mean is left to package scenarios.
//
// Read place.go, tree.go, load.go and decode.go, in this order.
package source
