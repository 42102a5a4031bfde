package report

import (
	"bytes"
	"encoding/csv"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"oxysim/scenarios"
	"oxysim/study"
)

// dataTable is a CSV as the folder has it. Whoever made a scenario may have written
// comments, and semicolons in place of commas.
type dataTable struct {
	dialect dataDialect
	rows    [][]string // all as long as the head
}

// readTable reads a CSV, or returns nil if it is none: then it is a file like
// others, of which no columns are told.
func readTable(content []byte) *dataTable {
	t := &dataTable{dialect: dataDialect{Delimiter: ",", LineTerminator: "\n"}}
	if bytes.Contains(content, []byte("\r\n")) {
		t.dialect.LineTerminator = "\r\n"
	}
	var head []byte
	for line := range bytes.Lines(content) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] == '#' {
			t.dialect.Comment = "#"
		} else if len(line) > 0 && head == nil {
			head = line
		}
	}
	for _, other := range []string{";", "\t"} {
		if bytes.Count(head, []byte(other)) > bytes.Count(head, []byte(t.dialect.Delimiter)) {
			t.dialect.Delimiter = other
		}
	}
	r := csv.NewReader(bytes.NewReader(content))
	r.Comma, r.FieldsPerRecord = rune(t.dialect.Delimiter[0]), -1
	if t.dialect.Comment != "" {
		r.Comment = '#'
	}
	var err error
	if t.rows, err = r.ReadAll(); err != nil || len(t.rows) == 0 {
		return nil
	}
	for i, row := range t.rows {
		if len(row) > len(t.rows[0]) {
			return nil
		}
		t.rows[i] = append(row, make([]string, len(t.rows[0])-len(row))...)
	}
	return t
}

// fields returns the columns of a table of the folder, in their order.
func (r *Results) fields(name string, t *dataTable) (list []dataField) {
	if _, input := r.Inputs[name]; input {
		return scenarioFields(name, t.rows)
	}
	for _, head := range t.rows[0] {
		f, ok := resultColumns[name][head]
		if !ok {
			f, ok = commonColumns[head]
		}
		if !ok { // whoever adds a column says what it is: a test asks
			f = dataField{Type: "string"}
		}
		f.Name = head
		list = append(list, f)
	}
	return list
}

// keyFields are the columns that tell the rows of a table apart; those of others are
// not unique, or may be empty.
var keyFields = map[string][]string{
	summaryFile:            {"metric"},
	"figures/stock.csv":    {"day"},
	"figures/why.csv":      {"metric", "cause"},
	"figures/why-each.csv": {"hospital", "cause"},
	"figures/compare.csv":  {"design", "metric"},
	"figures/cover.csv":    {"hospital", "from_day"},
	"figures/tornado.csv":  {"parameter", "end"},
}

// Kinds of columns of results.
func aText(description string) dataField { return dataField{Type: "string", Description: description} }

func aCount(description string) dataField {
	return dataField{Type: "integer", Description: description}
}

func aYesNo(description string) dataField {
	return dataField{Type: "boolean", Description: description}
}

func aDate(description string) dataField { return dataField{Type: "date", Description: description} }

func aNumber(unit, description string) dataField {
	return dataField{Type: "number", Description: description, Unit: unit}
}

// commonColumns are columns that are alike wherever they stand.
var commonColumns = map[string]dataField{
	"n":             aCount("replications, or futures, that the number stands on"),
	"replications":  aCount("replications that the numbers stand on"),
	"unit":          aText("unit of the numbers of the row; 1 for counts and shares"),
	"metric":        aText("dotted name of what is measured, as in " + summaryFile),
	"estimate":      aNumber("", "best guess; the unit is that of the row"),
	"lo":            aNumber("", "lower end of the interval; empty if it is not known or has none"),
	"hi":            aNumber("", "upper end of the interval; empty if it is not known or has none"),
	"method":        aText("how the interval was made; empty if there is none"),
	"verdict":       aText("of the target: met, missed or undecided; empty if there is none"),
	"label":         aText("what it is called in answers; empty if it has only its name"),
	"hospital":      aText("dotted name of the hospital"),
	"thing":         aText("dotted name of what the row is about"),
	"design":        aText("name of the option; base is things as they are"),
	"cause":         aText("name of the cause; empty if the row is not about one"),
	"currency":      aText("currency of money"),
	"day":           aNumber("d", "days since the start"),
	"date":          aDate("date of that day; empty if the row is about no day"),
	"target":        aText("verdict of the target: met, missed or undecided"),
	"amount":        aNumber("", "what the cause does, in the unit of the metric"),
	"stockout":      aNumber("1", "probability of a stockout"),
	"stockout_lo":   aNumber("1", "lower end of its interval"),
	"stockout_hi":   aNumber("1", "upper end of its interval"),
	"lat":           aNumber("degrees", "latitude, north"),
	"lon":           aNumber("degrees", "longitude, east"),
	"lever":         aText("dotted key of the number that is varied"),
	"difference":    aNumber("", "what the metric has above things as they are, future by future; in its unit"),
	"from_day":      aNumber("d", "when it begins, in days since the start"),
	"extra_cost":    aNumber("money/year", "all costs above things as they are; empty if nothing has a price"),
	"extra_cost_lo": aNumber("money/year", "lower end of its interval"),
	"extra_cost_hi": aNumber("money/year", "upper end of its interval"),
}

// resultColumns are the other columns of results, by table.
var resultColumns = map[string]map[string]dataField{
	summaryFile: {
		"mean": aNumber("", "mean over replications, in the unit of the row; of an indicator, the probability"),
		"lo":   aNumber("", "lower end of the interval for the mean"), "hi": aNumber("", "upper end of the interval for the mean"),
		"p05": aNumber("", "value below which 5 % of the replications are"), "p50": aNumber("", "median over replications"),
		"p95": aNumber("", "value below which 95 % of the replications are"), "min": aNumber("", "least of the replications"), "max": aNumber("", "greatest of the replications"),
	},
	"why.csv": {
		"quantity": aText("with: as it is; without: without all causes; total: what they do together; share and amount of a cause; necessary: what thinking it away alone averts; sufficient: what it does alone; waited for: hours of stockouts by what they waited for"),
		"estimate": aNumber("", "mean over futures, in the unit of the row"),
	},
	"compare.csv": {
		"kind":     aText("best, indifference, cheapest, settled, change, mean, difference, variance ratio, target, bought, annuity and running, used, cost, cost for one, averted or worth most"),
		"name":     aText("what the number is of: a metric, a key, what is bought or used, or what is averted"),
		"estimate": aNumber("", "the number, in the unit of the row"), "says": aText("what is to be said of it in words"),
	},
	"plan.csv": {
		"what":    aText("sufficient, insufficient, thing sufficient, thing insufficient, curve, point, check, audit, design, buffer or binding"),
		"subject": aText("the value, thing or combination that the row is about"), "estimate": aNumber("", "of a level, the level; else the probability or the share"),
		"cost": aNumber("money/year", "cost; empty if nothing has a price"), "settings": aText("what to lay over the scenario for it, with spaces between"),
	},
	"figures/acceptability.csv": {
		"pay": aNumber("money", "what averting one is worth to who pays"), "for": aText("what one of is averted"),
		"label": aText("label of the option"), "worth_most": aNumber("1", "share of resamples in which the option has the greatest net benefit"),
	},
	"figures/compare.csv": {"shown": aYesNo("chance does not explain the difference")},
	"figures/cover.csv": {
		"from_day": aCount("first day of the period, from the start"), "from": aDate("its date"),
		"cover_median": aNumber("d", "median days of cover in the period"), "cover_p10": aNumber("d", "days of cover that a tenth of the futures is below"),
		"stockout": aNumber("1", "share of the futures with a stockout in the period"),
	},
	"figures/curve.csv": {
		"value": aNumber("", "value of the lever, in its unit"), "text": aText("the value as a scenario has it"), "estimate": aNumber("", "what is held against the target there"),
		"role": aText("sufficient or insufficient, of the values that are shown to be; else empty"), "exact": aNumber("", "exact value, where theory knows it; else empty"),
	},
	"figures/cylinders.csv": {
		"part": aText("part of a cylinder's life: where it is, and full, in use or empty"), "day": aNumber("d", "days since the start; empty in the row of the turn"),
		"cylinders": aNumber("cylinders", "mean number there at that instant"), "turn_days": aNumber("d", "cylinder-days there per fill, over the run: how long a cylinder is there in one turn, by Little's law, if the run were stationary; in one row of each part"),
		"turn_days_lo": aNumber("d", "lower end of its interval"), "turn_days_hi": aNumber("d", "upper end of its interval"),
	},
	"figures/frontier.csv": {
		"design": aText("label of the option"), "cost": aNumber("money/year", "all costs"), "cost_lo": aNumber("money/year", "lower end of their interval"), "cost_hi": aNumber("money/year", "upper end of their interval"),
		"risk": aNumber("", "mean of the metric by which the best is chosen, in its unit"), "risk_lo": aNumber("", "lower end of its interval"), "risk_hi": aNumber("", "upper end of its interval"),
		"standing": aText("on the frontier of cost and risk, or behind it"), "cheapest": aYesNo("the cheapest that meets the target"),
	},
	"figures/gantt.csv": {
		"kind": aText("plant, road, truck, hospital or, of what a stockout waited for, wait"), "state": aText("what goes on, or what is waited for"),
		"with": aText("dotted name of whom it goes on with; empty if with nobody"), "to_day": aNumber("d", "when it ends, in days since the start"), "hours": aNumber("h", "how long it lasts"),
	},
	"figures/map.csv": {
		"time_short": aNumber("1", "share of the time in a stockout, of a hospital"), "need_m3_per_day": aNumber("m3/d", "oxygen that a hospital needs on an average day"),
		"filled_per_day": aNumber("cylinders/d", "cylinders that a plant fills"), "trips_per_week": aNumber("1/week", "trips on a road"),
		"to_lat": aNumber("degrees", "latitude of the other end of a road"), "to_lon": aNumber("degrees", "longitude of the other end of a road"),
	},
	"figures/risk.csv": {
		"design": aText("what is compared with things as they are; empty for these"), "hours": aNumber("h", "hours without oxygen in a replication, on average"),
		"hours_lo": aNumber("h", "lower end of their interval"), "hours_hi": aNumber("h", "upper end of their interval"), "target": aNumber("1", "probability that the target allows; empty if there is none"),
	},
	"figures/stock.csv": {
		"q05": aNumber("cylinders", "full cylinders on hand above which is 95 % of what is seen from this row to the next, in all futures"), "q10": aNumber("cylinders", "above which is 90 % of it"), "q25": aNumber("cylinders", "above which are three quarters of it"),
		"q50": aNumber("cylinders", "median"), "q75": aNumber("cylinders", "above which is a quarter of it"), "q90": aNumber("cylinders", "above which is 10 % of it"), "q95": aNumber("cylinders", "above which is 5 % of it"),
		"empty_shelf": aNumber("1", "share of it without a full cylinder on hand"), "stockout": aNumber("1", "share of it in a stockout"),
	},
	"figures/survival.csv": {
		"curve": aText("whose stockouts: anywhere, or the label of a hospital"), "at_risk": aCount("futures without a stockout until then"),
		"without_stockout": aNumber("1", "probability that there is no stockout until then (Kaplan–Meier)"), "lo": aNumber("1", "lower end of its interval"), "hi": aNumber("1", "upper end of its interval"),
	},
	"figures/tornado.csv": {
		"parameter": aText("dotted key of an uncertain number"), "written": aText("as the scenario has it"), "base": aNumber("", "mean of the metric with all numbers as they are, in its unit"),
		"end": aText("low, high, or swing: from low to high"), "value": aText("what the number is there"),
		"difference": aNumber("", "what that does to the metric, in its unit"), "chance": aYesNo("chance may explain it, by itself"),
		"shown": aYesNo("chance does not explain the swing, at the confidence for all parameters together; empty for low and high"),
	},
	"figures/why.csv": {
		"label": aText("what the cause is called"), "share": aNumber("1", "share of all that the causes do together"), "share_lo": aNumber("1", "lower end of its interval"), "share_hi": aNumber("1", "upper end of its interval"),
		"amount_lo": aNumber("", "lower end of its interval"), "amount_hi": aNumber("", "upper end of its interval"),
	},
	"figures/why-each.csv": {
		"amount": aNumber("h", "hours without oxygen that the cause makes there"), "total": aNumber("h", "what all causes make there together"),
		"as_it_is": aNumber("h", "hours without oxygen as it is"), "as_it_is_lo": aNumber("h", "lower end of their interval"), "as_it_is_hi": aNumber("h", "upper end of their interval"),
	},
}

// scenarioFields returns the columns of a table of the scenario: keys, with the unit
// of their numbers in brackets. What is written in all its cells says of which type
// a column is: a number may also be a range or a law of chance, which is a text.
func scenarioFields(name string, rows [][]string) (list []dataField) {
	kind := strings.TrimSuffix(path.Base(name), ".csv")
	series := strings.TrimSpace(rows[0][0]) != "name" // it is no table of things
	keys := scenarios.Keys()
	for j, head := range rows[0] {
		f := dataField{Name: head, Type: typeOf(rows[1:], j)}
		key, unit, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(head), "]"), "[")
		key, f.Unit = strings.TrimSpace(key), strings.TrimSpace(unit)
		switch {
		case series && j == 0:
			f.Description = "when it is so"
		case series:
			f.Description = "the series " + name + "#" + key + " of the scenario"
		case key == "name":
			f.Type, f.Description = "string", "name of the "+kind+", by which others refer to it"
		case key == "source":
			f.Type, f.Description = "string", "where the numbers of the row come from"
		default:
			parts := append([]string{kind, "NAME"}, strings.Split(key, ".")...)
			for i := range keys {
				path := keys[i].Path
				if sameKey(path, parts) {
					f.Description = keys[i].Meaning
					break
				}
				if len(path) > len(parts) && sameKey(path[:len(parts)], parts) {
					f.Description = "{} if there is such a thing, with the default of each of its keys"
				}
			}
		}
		list = append(list, f)
	}
	return list
}

// sameKey reports whether a key is of a pattern in which NAME stands for any name.
func sameKey(pattern, key []string) bool {
	return slices.EqualFunc(pattern, key, func(a, b string) bool { return a == b || a == "NAME" })
}

// typeOf returns the type of a column, by what all its cells are that are not empty.
func typeOf(rows [][]string, column int) string {
	kinds := []string{"integer", "number", "boolean", "date"}
	is := map[string]bool{}
	for _, name := range kinds {
		is[name] = true
	}
	some := false
	for _, row := range rows {
		if row[column] == "" {
			continue
		}
		some = true
		for _, name := range kinds {
			is[name] = is[name] && isOfType(name, row[column])
		}
	}
	for _, name := range kinds {
		if some && is[name] {
			return name
		}
	}
	return "string"
}

// isOfType reports whether a cell is a value of a type of Table Schema.
func isOfType(name, cell string) bool {
	switch name {
	case "integer":
		_, err := strconv.ParseInt(cell, 10, 64)
		return err == nil
	case "number":
		_, err := strconv.ParseFloat(cell, 64)
		return err == nil && !strings.ContainsAny(cell, "xXpP_nN") // no number of Go's alone
	case "boolean":
		return cell == "true" || cell == "false"
	case "date":
		_, err := time.Parse(time.DateOnly, cell)
		return err == nil
	}
	return true
}

// sources returns where the scenario says that its numbers come from, each text
// once, in the order of the scenario; without those that say that there is none.
func (r *Results) sources() (list []dataSource) {
	seen := map[string]bool{}
	for _, x := range r.Subject.Tree.Leaves() {
		text := x.Source
		if text == "" || seen[text] || study.Assumed(text) || strings.HasPrefix(text, "--") { // a flag
			continue
		}
		seen[text] = true
		list = append(list, dataSource{Title: text, Path: webAddress.FindString(text)})
	}
	return list
}

// webAddress is an address in a text, without the marks that end its sentence.
var webAddress = regexp.MustCompile(`https?://[^\s,;()<>"]*[^\s,;()<>".:]`)
