package workbook

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"oxysim/scenarios"
)

// A workbook to fill in says what to write in words of a workbook, offers the
// names there are, keeps heads in view, and has columns for positions.
func TestTheSampleCanBeFilledIn(t *testing.T) {
	sc, problems := scenarios.Open("district")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var b bytes.Buffer
	if err := WriteTemplate(&b, sc); err != nil {
		t.Fatal(err)
	}
	sheets, err := OpenXLSX("m.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if back, problems := Read("m", sheets); len(problems) > 0 || back.Digest != sc.Digest {
		t.Errorf("got another scenario, or %v", problems)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"plant", "hospital"} {
		for _, head := range []string{"lat", "lon"} {
			column(t, f, kind, head)
		}
	}
	for _, s := range sheets {
		if r, err := role(s.Name); err != nil || !slices.Contains(append(scenarios.Kinds(), sheetDemand), r) {
			continue
		}
		for _, hint := range s.Rows[1] {
			if strings.ContainsAny(hint, `"`) || strings.Contains(hint, "each value of which") {
				t.Errorf("%s: got hint %q", s.Name, hint)
			}
		}
		if panes, err := f.GetPanes(s.Name); err != nil || panes.YSplit != 2 || panes.XSplit < 1 {
			t.Errorf("%s: got panes %v, %v", s.Name, panes, err)
		}
	}
	offers := map[string]string{}
	for _, sheet := range []string{"road", "demand", "truck"} {
		list, err := f.GetDataValidations(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range list {
			offers[sheet+"!"+strings.TrimRight(strings.SplitN(v.Sqref, ":", 2)[0], "0123456789")] = v.Formula1
		}
	}
	for where, want := range map[string]string{
		"road!" + column(t, f, "road", "from"):           "plant",
		"road!" + column(t, f, "road", "to"):             "hospital",
		"demand!" + column(t, f, "demand", headHospital): "hospital",
		"truck!" + column(t, f, "truck", "home"):         "plant",
	} {
		if got := offers[where]; !strings.Contains(got, want) {
			t.Errorf("%s offers %q, want names of %s", where, got, want)
		}
	}
}

// What a spreadsheet makes of a shift that was typed as a time is told, with what
// to write.
func TestTimesThatAreNoHoursAreTold(t *testing.T) {
	for value, want := range map[string]string{
		"0.25":       `not "0.25" (to a spreadsheet this is the time 06:00: write from and until as a text, such as 06:00-18:00)`,
		"06:00":      `not "06:00" (the cell has one time of day: write from and until as a text, such as 06:00-18:00)`,
		"2026-06-18": `not "2026-06-18" (the cell has a date, which spreadsheets make of 6-18: format it as text and write 06:00-18:00)`,
	} {
		f := sound(t)
		set(t, f, "truck", "shift", "3", value)
		if _, problems := readBook(t, f); !strings.Contains(problems.Error(), want) {
			t.Errorf("got %v\nwant %s", problems, want)
		}
	}
}
