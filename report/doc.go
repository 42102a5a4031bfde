// Package report puts answers into words and numbers: tables for a terminal,
// CSV for a spreadsheet, JSON for a program.
//
// A number is shown with its uncertainty and with no more digits than that
// supports; a column has one unit, in its head. What is shown depends on the
// answer and nothing else: not on the clock, the terminal's width or the
// machine.
//
// What the answers are is left to package study; which terminal wants colours,
// to the command.
//
// Reading order: number.go, table.go, format.go; then one file per question:
// run.go with run_csv.go, run_json.go and hospital.go; check.go; scenarios.go; and
// those of the questions of package study, each in the files that begin with its
// name.
package report
