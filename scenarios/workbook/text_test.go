package workbook

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

// A table is the same however a spreadsheet has written it.
func TestTablesAsSpreadsheetsWriteThem(t *testing.T) {
	const plain = "name;from;length [km]\na;b;12,5\n"
	unicode := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(strings.ReplaceAll(plain, ";", "\t"))) {
		unicode = binary.LittleEndian.AppendUint16(unicode, u)
	}
	for what, data := range map[string]string{
		"plain":            plain,
		"Unicode text":     string(unicode),
		"lines of Macs":    strings.ReplaceAll(plain, "\n", "\r"),
		"sep=":             "sep=;\r\n" + strings.ReplaceAll(plain, "\n", "\r\n"),
		"a title, remarks": "# roads, in 2020, by Jane\n" + plain,
	} {
		s, err := OpenCSV("roads/ROAD.CSV", []byte(data))
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		last := len(s.Rows) - 1
		if got := strings.Join(s.Rows[last], "|"); s.Name != "ROAD" || got != "a|b|12.5" {
			t.Errorf("%s: got sheet %s with %s", what, s.Name, got)
		}
	}
}

// Only a comma within one number is a decimal one, and where there are such, a
// point may part thousands.
func TestCommasThatAreNoPoints(t *testing.T) {
	s, err := OpenCSV("road.csv", []byte("name;length;speed;law\na;1,5;60;triangular(1,2,3)\nb;1.200;1.234,5;lognormal(2 d, cv 0,5)\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(append(s.Rows[1], s.Rows[2]...), "|"), "a|1.5|60|triangular(1,2,3)|b|1.200|1.234,5|lognormal(2 d, cv 0.5)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := s.valueless().Error(), `road.csv:3:3: the point could mean either in a table with decimal commas: want "1200" or "1,200", not "1.200"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	s, err = OpenCSV("road.csv", []byte("name;length\na;1.5\nb;1.200\n"))
	if err != nil || len(s.valueless()) > 0 {
		t.Errorf("got %v, %v where there are no decimal commas", err, s.valueless())
	}
	if _, err = OpenCSV("road.csv", []byte("name;length\na;1\"5\n")); err == nil || !strings.HasPrefix(err.Error(), `road.csv:2:4: want `) {
		t.Errorf("got %v", err)
	}
}
