// Package plots puts answers into pictures: SVG for a page, PDF for print, PNG
// for everything else. A figure answers one question. Its title states what was
// found, and is computed from the numbers that are drawn; below it stands in grey
// what is shown, and at the foot from what and by which command it is drawn again.
// The same answer gives the same bytes, whenever and wherever it is drawn.
//
// What the answers are is left to package study; files and flags, to the command.
//
// All lengths are in points, counted from the upper left corner, so that a figure
// reads in the order in which it is drawn. Figures are drawn with the few marks of
// pen, which each format has its own way to make; text is measured by the font it is
// set in, Liberation Sans, whose letters are as wide as Arial's.
//
// Reading order: figure.go, page.go, theme.go, scale.go, number.go, dates.go; pen.go with
// pen_svg.go, pen_pdf.go, pen_png.go and letters.go; labels.go; then one file for
// each figure, which are listed in figures.go.
package plots
