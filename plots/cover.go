package plots

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"oxysim/sim"
	"oxysim/study"
)

// cover is a heat map of the days of cover, hospital by period.
type cover struct{ *study.Cover }

func askCover(ctx context.Context, k *study.Work, w Wish) (Figure, error) {
	q := study.CoverQuestion{Subject: w.Subject, N: w.N}
	a, err := q.Answer(ctx, k)
	return cover{a}, err
}

// coverClasses are what is told apart, from little cover, in warm colours that
// get lighter, to much, in cold ones that get darker.
var coverClasses = []struct {
	below float64 // days; 0 for the last
	what  string
	color ink
}{
	{0.5, "under ½ day", rgb(0x8c2d04)},
	{1, "½–1", rgb(0xd95f0e)},
	{2, "1–2", rgb(0xfeb24c)},
	{4, "2–4", rgb(0xfee8b0)},
	{7, "4–7", rgb(0xd1e5f0)},
	{14, "7–14", rgb(0x6baed6)},
	{0, "14 days or more", rgb(0x08519c)},
}

func coverClass(days float64) int {
	for i, c := range coverClasses {
		if days < c.below {
			return i
		}
	}
	return len(coverClasses) - 1
}

// low is the days of cover below which a period is called short.
const low = 1

// Title says how many hospitals are short of cover in some period, or which comes
// nearest to that.
func (f cover) Title() string {
	short := 0
	for i := range f.Hospitals {
		if h := &f.Hospitals[i]; h.Low[h.Worst] < low {
			short++
		}
	}
	all := len(f.Hospitals)
	worst := &f.Hospitals[0]
	for i := range f.Hospitals {
		if h := &f.Hospitals[i]; h.Low[h.Worst] < worst.Low[worst.Worst] {
			worst = h
		}
	}
	least := f.written(worst.Low[worst.Worst])
	switch {
	case short == 0 && all == 1:
		return fmt.Sprintf("In nine futures of ten, %s has cylinders for %s days or more on average over a %s, each %s by itself", worst.Label, least, f.period(), f.period())
	case short == 0:
		return fmt.Sprintf("In nine futures of ten, each hospital by itself has cylinders for %s days or more on average over a %s, each %s by itself; %s has least", least, f.period(), f.period(), worst.Label)
	case all == 1:
		return fmt.Sprintf("There is a %s over which one future in ten leaves %s less than a day of cylinders on average", f.period(), worst.Label)
	case short == all:
		return fmt.Sprintf("At each of %d hospitals by itself, there is a %s over which one future in ten leaves less than a day of cylinders on average", all, f.period())
	}
	return fmt.Sprintf("At %d of %d hospitals, each by itself, there is a %s over which one future in ten leaves less than a day of cylinders on average", short, all, f.period())
}

// written writes days of cover with two digits that say no more than there are
// where more would be of another class: 1.96 is 1.9, not 2.0.
func (f cover) written(days float64) string {
	s := two(days)
	if x, err := strconv.ParseFloat(s, 64); err != nil || coverClass(x) == coverClass(days) {
		return s
	}
	if days >= 10 {
		return strconv.FormatFloat(math.Floor(days), 'f', 0, 64)
	}
	return strconv.FormatFloat(math.Floor(10*days)/10, 'f', 1, 64)
}

// period names the length of a column.
func (f cover) period() string {
	switch f.Each {
	case sim.Day:
		return "day"
	case sim.Week:
		return "week"
	}
	return fmt.Sprintf("span of %d weeks", f.Each/sim.Week)
}

// Subtitle says what is shown.
func (f cover) Subtitle() string {
	s := fmt.Sprintf("For how many days the full cylinders on hand last at mean use, mean over each %s: one future in ten has less than shown, at each hospital and in each %s by itself.", f.period(), f.period())
	if f.Left > 0 {
		verb := "use"
		if f.Left == 1 {
			verb = "uses"
		}
		s += fmt.Sprintf(" %s %s no cylinders.", capitalised(plural(f.Left, "hospital")), verb)
	}
	return s
}

// Data is the days of cover by hospital and period.
func (f cover) Data() [][]string {
	rows := [][]string{{"hospital", "label", "from_day", "from", "cover_median", "cover_p10", "stockout"}}
	for i := range f.Hospitals {
		h := &f.Hospitals[i]
		for k, t := range f.From {
			rows = append(rows, []string{
				h.Thing, h.Label, strconv.Itoa(t.Day()), midnight(f.Subject.Config.Start, t).Format("2006-01-02"),
				exact(h.Median[k]), exact(h.Low[k]), exact(h.Short[k]),
			})
		}
	}
	return rows
}

func (f cover) draw(p *page, top float64) float64 {
	left, right := p.margin, p.width-p.margin
	name := p.plain(1)
	size, row := p.rows(len(f.Hospitals))
	name.size = size
	labels := make([]string, len(f.Hospitals))
	for i := range f.Hospitals {
		labels[i] = f.Hospitals[i].Label
	}
	wide := min(p.widest(name, labels...), 0.34*(right-left))
	var keys []key
	for i := range coverClasses {
		keys = append(keys, key{color: coverClasses[i].color, what: coverClasses[i].what})
	}
	top += p.legend(left, top, right-left, true, keys...) + 0.5*p.small
	r := rect{left + wide + 0.6*p.base, top, right, top + row*float64(len(f.Hospitals))}
	columns := len(f.From)
	cell := r.width() / float64(columns)
	number := look{size: min(p.small, 0.72*row), align: 0.5}
	numbers := p.widthOf("00.0", number)+1 <= cell
	gap := min(0.5, 0.05*cell)
	for i := range f.Hospitals {
		h := &f.Hospitals[i]
		y := r.y0 + row*float64(i)
		p.middle(r.x0-0.6*p.base, y+row/2, p.fit(h.Label, wide, name), name)
		for k := 0; k < columns; k++ {
			class := coverClass(h.Low[k])
			b := rect{r.x0 + cell*float64(k), y, r.x0 + cell*float64(k+1) - gap, y + row - 0.5}
			if !numbers { // cells of one colour are one block
				for k+1 < columns && coverClass(h.Low[k+1]) == class {
					k++
				}
				b.x1 = r.x0 + cell*float64(k+1) - gap
			}
			p.block(coverClasses[class].color, b)
			if numbers {
				l := number
				l.color = black
				if dark(coverClasses[class].color) {
					l.color = white
				}
				p.middle((b.x0+b.x1)/2, (b.y0+b.y1)/2, f.written(h.Low[k]), l)
			}
		}
	}
	end := f.From[columns-1].Add(f.Each)
	c := newCalendar(f.Subject.Config.Start, f.From[0], end, r.x0, r.x1)
	return p.under(r, c.scale, p.dates(c), false, "")
}

// list joins names with "and".
func list(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}
