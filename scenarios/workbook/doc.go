// Package workbook reads scenarios from workbooks, and writes them: the sheets
// of an XLSX file, or tables of text, that planners fill in.
//
// A sheet has the name of a kind of thing, such as hospital, a row for each, and
// a column for each key, which is the key of a scenario file: "buffer",
// "length [km]". The sheet demand has a row for each demand of a hospital; the
// sheets scenario and price have a row for each key; the sheet source says where
// numbers come from. Any other sheet is a table to which a value refers, such as
// demand.csv, or, if its name begins with "#", the planner's own.
//
// What is wrong is named by sheet and cell, and read by the same code as in a
// scenario file.
//
// Reading order: sheet.go, xlsx.go, text.go, geojson.go; read.go, heads.go, names.go, refer.go, tables.go,
// connect.go, problems.go; write.go, layout.go, look.go, files.go.
package workbook
