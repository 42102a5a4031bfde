package report

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What the library leaves out of a chart is put in afterwards: the numbers and
// names that it shows, without which whoever draws it and does not compute sheets,
// such as a preview, draws nothing; and, of bars that lie, where the axis of their
// lengths is, and which way up its title. Of bars in cells, it is the ends of their
// scale, without which the longest fills its cell whatever it stands for.

// mend returns what is to be done to a part of the workbook, or nil.
func (b *book) mend(name string) func([]byte) ([]byte, error) {
	switch {
	case strings.HasPrefix(name, "xl/charts/chart"):
		return b.cache
	case strings.HasPrefix(name, "xl/worksheets/sheet"):
		return scaleBars
	}
	return nil
}

var (
	barRule = regexp.MustCompile(`<cfRule type="dataBar"[^>]*><dataBar[^>]*>(<cfvo[^>]*></cfvo>)(<cfvo[^>]*></cfvo>).*?<x14:id>([^<]*)</x14:id>`)
	barEnds = regexp.MustCompile(`(<x14:cfRule type="dataBar" id="([^"]*)"><x14:dataBar[^>]*>)<x14:cfvo type="autoMin"></x14:cfvo><x14:cfvo type="autoMax"></x14:cfvo>`)
	barEnd  = regexp.MustCompile(`<cfvo type="([a-z]*)"(?: val="([^"]*)")?></cfvo>`)
)

// scaleBars gives bars in cells the ends of their scale also where newer programs
// read them.
func scaleBars(sheet []byte) ([]byte, error) {
	ends := map[string][]byte{}
	for _, rule := range barRule.FindAllSubmatch(sheet, -1) {
		var both []byte
		for _, end := range rule[1:3] {
			x := barEnd.FindSubmatch(end)
			both = append(both, `<x14:cfvo type="`+string(x[1])+`">`...)
			if len(x[2]) > 0 {
				both = append(both, `<xm:f>`+string(x[2])+`</xm:f>`...)
			}
			both = append(both, `</x14:cfvo>`...)
		}
		ends[string(rule[3])] = both
	}
	return barEnds.ReplaceAllFunc(sheet, func(found []byte) []byte {
		x := barEnds.FindSubmatch(found)
		return append(append([]byte{}, x[1]...), ends[string(x[2])]...)
	}), nil
}

var (
	chartTexts   = regexp.MustCompile(`<strRef><f>([^<]*)</f></strRef>`)
	chartNumbers = regexp.MustCompile(`<numRef><f>([^<]*)</f><numCache><formatCode></formatCode></numCache></numRef>`)
	chartAxis    = regexp.MustCompile(`(?s)<valAx>.*</valAx>`)
)

// cache puts into a chart what is in the cells that it shows.
func (b *book) cache(chart []byte) ([]byte, error) {
	replace := func(re *regexp.Regexp, write func(ref string, cells [][2]string) string) {
		chart = re.ReplaceAllFunc(chart, func(found []byte) []byte {
			ref := string(re.FindSubmatch(found)[1])
			return []byte(write(ref, b.referred(ref)))
		})
	}
	points := func(list [][2]string, value int) string {
		var s strings.Builder
		s.WriteString(`<ptCount val="` + strconv.Itoa(len(list)) + `"></ptCount>`)
		for i, cell := range list {
			if cell[value] != "" {
				s.WriteString(`<pt idx="` + strconv.Itoa(i) + `"><v>` + escaped(cell[value]) + `</v></pt>`)
			}
		}
		return s.String()
	}
	replace(chartTexts, func(ref string, list [][2]string) string {
		return `<strRef><f>` + ref + `</f><strCache>` + points(list, 0) + `</strCache></strRef>`
	})
	replace(chartNumbers, func(ref string, list [][2]string) string {
		return `<numRef><f>` + ref + `</f><numCache><formatCode>General</formatCode>` + points(list, 1) + `</numCache></numRef>`
	})
	chart = chartAxis.ReplaceAllFunc(chart, func(axis []byte) []byte {
		axis = bytes.Replace(axis, []byte(`rot="-5400000"`), []byte(`rot="0"`), 1)
		axis = bytes.Replace(axis, []byte(`<axPos val="l">`), []byte(`<axPos val="b">`), 1)
		return bytes.Replace(axis, []byte(`<crosses val="autoZero">`), []byte(`<crosses val="max">`), 1)
	})
	return chart, b.err
}

// referred returns the cells that a chart refers to, as they are shown and as they
// are.
func (b *book) referred(ref string) (list [][2]string) {
	sheet, area, _ := strings.Cut(strings.ReplaceAll(ref, "$", ""), "!")
	from, to, several := strings.Cut(area, ":")
	if !several {
		to = from
	}
	column, first, err := excelize.CellNameToCoordinates(from)
	b.check(err)
	_, last, err := excelize.CellNameToCoordinates(to)
	b.check(err)
	for row := first; row <= last; row++ {
		at := b.cell(column-1, row)
		shown, err := b.f.GetCellValue(sheet, at)
		b.check(err)
		raw, err := b.f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
		b.check(err)
		list = append(list, [2]string{shown, raw})
	}
	return list
}

// escaped returns a text as XML has it.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}
