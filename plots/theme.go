package plots

// Width is how wide a figure is: as a column of a journal or as a page.
type Width string

// Widths.
const (
	Column Width = "column" // 85 mm
	Page   Width = "page"   // 170 mm
)

const millimetre = 72 / 25.4 // in points

// theme is what all figures have in common, in points.
type theme struct {
	width  float64
	margin float64
	title  float64 // sizes of text
	base   float64
	small  float64
	foot   float64
	line   float64 // widths of lines
	hair   float64
	wide   bool
}

// themeOf returns the theme of a width. Text is never smaller than what journals
// ask for, 5 points; what is to be read, 6.
func themeOf(w Width) *theme {
	if w == Column {
		return &theme{width: 85 * millimetre, margin: 4, title: 8.5, base: 6.5, small: 6, foot: 5, line: 1, hair: 0.4}
	}
	return &theme{width: 170 * millimetre, margin: 8, title: 12, base: 8.5, small: 7.5, foot: 6, line: 1.4, hair: 0.5, wide: true}
}

// Colours: of Okabe and Ito, which people who see colours differently tell apart,
// and greys.
var (
	black      = rgb(0x1b1f27)
	grey       = rgb(0x5d6573)
	pale       = rgb(0x8a929e)
	hairline   = rgb(0xe3e6ea)
	white      = rgb(0xffffff)
	orange     = rgb(0xe69f00)
	sky        = rgb(0x56b4e9)
	green      = rgb(0x009e73)
	yellow     = rgb(0xf0e442)
	blue       = rgb(0x0072b2)
	vermillion = rgb(0xd55e00)
	purple     = rgb(0xcc79a7)
)

// rgb returns the colour of a number such as 0x0072b2.
func rgb(x uint32) ink { return ink{R: uint8(x >> 16), G: uint8(x >> 8), B: uint8(x), A: 0xff} }

// tint returns a colour on white, as if it covered a share of it.
func tint(c ink, share float64) ink {
	mix := func(x uint8) uint8 { return uint8(255 - share*float64(255-x) + 0.5) }
	return ink{R: mix(c.R), G: mix(c.G), B: mix(c.B), A: 0xff}
}

// dark reports whether white text is easier to read on a colour than black.
func dark(c ink) bool {
	return 0.299*float64(c.R)+0.587*float64(c.G)+0.114*float64(c.B) < 140
}
