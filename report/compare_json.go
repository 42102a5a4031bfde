package report

import (
	"encoding/json"
	"io"

	"oxysim/study"
)

type comparisonJSON struct {
	Scenario   string       `json:"scenario"`
	Set        []string     `json:"set,omitempty"`
	Behaviour  int          `json:"behaviour"`
	Seed       uint64       `json:"seed"`
	N          int          `json:"replications"`
	Fixed      bool         `json:"fixed"`
	Settled    bool         `json:"settled"`
	Confidence float64      `json:"confidence"`
	Target     targetJSON   `json:"target"`
	Best       bestJSON     `json:"best"`
	Cheapest   cheapestJSON `json:"cheapest"`
	Designs    []designJSON `json:"designs"`
	Money      *moneyJSON   `json:"money,omitempty"`
	Next       []adviceJSON `json:"next,omitempty"`
	Warnings   []string     `json:"warnings,omitempty"`
}

type bestJSON struct {
	By           string   `json:"by"`
	Design       string   `json:"design"`
	TooClose     []string `json:"too_close"` // not shown to be worse
	Chosen       bool     `json:"chosen"`    // the best, or as good within the indifference
	Indifference number   `json:"indifference"`
	Method       string   `json:"method"`
}

type cheapestJSON struct {
	Priced  bool     `json:"priced"`
	Design  string   `json:"design,omitempty"`
	Settled bool     `json:"settled"`
	Before  []string `json:"may_be_cheaper"`
	AsCheap []string `json:"as_cheap"`
	Met     []string `json:"met"`
	Open    []string `json:"undecided"`
}

type designJSON struct {
	Name    string           `json:"name"`
	Label   string           `json:"label,omitempty"`
	Digest  string           `json:"digest"`
	Changes []changeJSON     `json:"changes,omitempty"`
	Verdict string           `json:"verdict"`
	Close   bool             `json:"close_to_target"`
	Judged  []judgementJSON  `json:"judged"`
	Metrics []againstJSON    `json:"metrics"`
	Money   *designMoneyJSON `json:"money,omitempty"`
}

type changeJSON struct {
	Key string `json:"key"`
	Old string `json:"old"`
	New string `json:"new"`
}

type againstJSON struct {
	Metric     string          `json:"metric"`
	Unit       string          `json:"unit"`
	Mean       number          `json:"mean"`
	Lo         number          `json:"lo"`
	Hi         number          `json:"hi"`
	Method     string          `json:"method"`
	Difference *differenceJSON `json:"difference,omitempty"`
}

type differenceJSON struct {
	Mean   number `json:"mean"`
	Lo     number `json:"lo"`
	Hi     number `json:"hi"`
	Method string `json:"method"`
	Shown  bool   `json:"shown"` // chance does not explain it
	Same   bool   `json:"same"`
	Ratio  number `json:"variance_ratio"`
}

type amountJSON struct {
	Mean number `json:"mean"`
	Lo   number `json:"lo"`
	Hi   number `json:"hi"`
}

func asAmount(a study.Amount) amountJSON {
	return amountJSON{number(a.Mean), number(a.Interval.Lo), number(a.Interval.Hi)}
}

type designMoneyJSON struct {
	Annual   number                 `json:"annuity_and_running"`
	Parts    []boughtJSON           `json:"bought,omitempty"`
	Used     map[string]number      `json:"used"`
	Total    amountJSON             `json:"total"`
	Extra    *amountJSON            `json:"extra,omitempty"`
	Averted  map[string]avertedJSON `json:"averted,omitempty"`
	Patient  *amountJSON            `json:"per_patient,omitempty"`
	Standing string                 `json:"standing"`
}

type boughtJSON struct {
	Name    string `json:"name"`
	Capital number `json:"capital"`
	Running number `json:"running"`
	Life    number `json:"life_years"`
	Annual  number `json:"annual"`
}

type avertedJSON struct {
	amountJSON
	Known bool        `json:"shown"`
	One   *amountJSON `json:"for_one"` // null if it is not known to avert any
}

type moneyJSON struct {
	Currency string       `json:"currency"`
	Date     string       `json:"date,omitempty"`
	Discount number       `json:"discount"`
	Horizon  number       `json:"days_for_a_year"`
	Prices   []priceJSON  `json:"prices"`
	Effect   string       `json:"effect,omitempty"`
	Ladder   []rungJSON   `json:"ladder,omitempty"`
	Accept   []acceptJSON `json:"worth_most,omitempty"`
	Ranges   bool         `json:"prices_drawn"`
	Warnings []string     `json:"warnings,omitempty"`
}

type priceJSON struct {
	Key    string  `json:"key"`
	What   string  `json:"what"`
	Unit   string  `json:"unit"`
	Price  *number `json:"price"`
	Source string  `json:"source,omitempty"`
}

type rungJSON struct {
	Design    string      `json:"design"`
	Cost      number      `json:"cost"`
	Averted   number      `json:"averted"`
	From      string      `json:"above,omitempty"`
	One       *amountJSON `json:"for_one_more,omitempty"`
	Dominated string      `json:"dominated,omitempty"`
}

type acceptJSON struct {
	Pay   number            `json:"pay"`
	Share map[string]number `json:"share"`
}

// compareJSON writes an answer as one JSON object.
func compareJSON(w io.Writer, a *study.CompareAnswer) error {
	list := func(designs []int) []string {
		names := []string{}
		for _, d := range designs {
			names = append(names, called(a, d))
		}
		return names
	}
	s := a.Compare.Designs[0].Subject
	origin := s.Origin()
	t := a.Compare.Target
	out := comparisonJSON{
		Scenario: origin.Scenario, Set: origin.Set, Behaviour: origin.Behaviour, Seed: origin.Seed, N: a.N, Fixed: a.Compare.Fixed, Settled: a.Settled,
		Confidence: a.Compare.Confidence, Target: targetJSON{t.Metric, number(t.AtMost), number(t.AtLeast), t.Default},
		Best: bestJSON{a.Best.By.Name, called(a, a.Best.Best), list(a.Best.TooClose), a.Best.Chosen, number(a.Best.Indifference), a.Best.Method},
		Cheapest: cheapestJSON{
			Priced: a.Cheapest.Priced, Settled: a.Cheapest.Settled(), Before: list(a.Cheapest.Before), AsCheap: list(a.Cheapest.AsCheap),
			Met: list(a.Cheapest.Met), Open: list(a.Cheapest.Open),
		},
		Money: moneyAsJSON(a), Warnings: texts(a.Warnings),
	}
	if a.Cheapest.Design >= 0 {
		out.Cheapest.Design = called(a, a.Cheapest.Design)
	}
	for d := range a.Designs {
		out.Designs = append(out.Designs, designAsJSON(a, d))
	}
	for _, x := range a.Next() {
		out.Next = append(out.Next, adviceJSON{x.Command, x.Why})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func designAsJSON(a *study.CompareAnswer, d int) designJSON {
	o, x := a.Compare.Designs[d], a.Designs[d]
	out := designJSON{Name: o.Name, Label: o.Label, Digest: o.Digest, Verdict: x.Verdict.String(), Close: x.Close}
	for _, c := range o.Changes {
		out.Changes = append(out.Changes, changeJSON(c))
	}
	for _, j := range x.Judged {
		out.Judged = append(out.Judged, judgementJSON{
			j.Thing, o.Subject.Label(j.Thing), j.Estimate.Metric.Name,
			number(j.Estimate.Mean), number(j.Promise.Lo), number(j.Promise.Hi), j.Method, j.Verdict.String(),
		})
	}
	for _, m := range a.Metrics {
		e := m.Estimates[d]
		y := againstJSON{Metric: m.Metric.Name, Unit: m.Metric.Unit, Mean: number(e.Mean), Lo: number(e.Interval.Lo), Hi: number(e.Interval.Hi), Method: e.Method}
		if d > 0 {
			z := m.Against[d-1]
			y.Difference = &differenceJSON{number(z.Mean), number(z.Interval.Lo), number(z.Interval.Hi), z.Method, z.Shown, z.Same, number(z.Ratio)}
		}
		out.Metrics = append(out.Metrics, y)
	}
	if a.Money == nil {
		return out
	}
	m := a.Money.Designs[d]
	y := &designMoneyJSON{Annual: number(m.Annual), Used: map[string]number{}, Total: asAmount(m.Total), Standing: m.Standing.String()}
	for _, p := range m.Parts {
		y.Parts = append(y.Parts, boughtJSON{p.Name, number(p.Capital), number(p.Running), number(p.Life), number(p.Annual)})
	}
	for i, item := range a.Money.Items {
		if m.Used[i] != 0 {
			y.Used[item.Key] = number(m.Used[i])
		}
	}
	if m.Patient.Mean == m.Patient.Mean {
		patient := asAmount(m.Patient)
		y.Patient = &patient
	}
	if d > 0 {
		extra := asAmount(m.Extra)
		y.Extra, y.Averted = &extra, map[string]avertedJSON{}
		for e, effect := range a.Money.Effects {
			if a.Money.Counted(e) && effect.Name != "patient" {
				averted := avertedJSON{amountJSON: asAmount(m.Averted[e].Amount), Known: m.Averted[e].Known}
				if averted.Known {
					one := asAmount(m.Averted[e].Ratio)
					averted.One = &one
				}
				y.Averted[effect.Name] = averted
			}
		}
	}
	out.Money = y
	return out
}

func moneyAsJSON(a *study.CompareAnswer) *moneyJSON {
	m := a.Money
	if m == nil {
		return nil
	}
	out := &moneyJSON{Currency: m.Currency, Date: m.Date, Discount: number(m.Discount), Horizon: number(m.Horizon), Warnings: texts(m.Warnings)}
	for _, x := range m.Items {
		p := priceJSON{Key: x.Key, What: x.What, Unit: x.Unit, Source: x.Source}
		if x.Priced {
			price := number(x.Price)
			p.Price = &price
		}
		out.Prices = append(out.Prices, p)
	}
	if effect, ok := m.Effect(); ok {
		out.Effect = effect.Name
	}
	for _, r := range m.Ladder {
		x := rungJSON{Design: called(a, r.Design), Cost: number(r.Cost), Averted: number(r.Averted), Dominated: r.Dominated}
		if r.From >= 0 {
			one := asAmount(r.Ratio)
			x.From, x.One = called(a, r.From), &one
		}
		out.Ladder = append(out.Ladder, x)
	}
	if m.Accept != nil {
		out.Ranges = m.Accept.Ranges
		for i, pay := range m.Accept.Pay {
			x := acceptJSON{number(pay), map[string]number{}}
			for d := range m.Designs {
				x.Share[called(a, d)] = number(m.Accept.Share[i][d])
			}
			out.Accept = append(out.Accept, x)
		}
	}
	return out
}
