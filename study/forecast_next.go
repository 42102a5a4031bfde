package study

import (
	"fmt"
	"strconv"
	"strings"
)

// Next returns what one may want to ask after a forecast.
func (a *ForecastAnswer) Next() (list []Advice) {
	f := a.Forecast
	add := func(why string, args ...string) {
		list = append(list, Advice{Command(f.Subject, "forecast", append(f.arguments(), args...)...), why})
	}
	switch {
	case f.From != nil:
		list = append(list, Advice{
			Command(f.Subject, "forecast", append(f.arguments(), "--template", "-o", "counts.csv")...), "what would be counted that day, to ask what if from there",
		})
		return list
	case f.Count == nil:
		list = append(list, Advice{Command(f.Subject, "forecast", "--template", "-o", "counts.csv"), "a table to fill in with today's counts"})
	case len(a.WhatIf) == 0 && len(f.Subject.Config.Trucks) > 0:
		name := strings.TrimPrefix(f.Subject.Config.Trucks[0].Name, "truck.")
		name, _, _ = strings.Cut(name, ".")
		if t, ok := f.Subject.File.Truck[name]; ok {
			add("would one more truck help now?", "--what-if", fmt.Sprintf("truck.%s.count=%d", name, t.Count+1))
		}
	}
	if f.Days < 30 && f.Count != nil {
		list = append(list, Advice{Command(f.Subject, "forecast", f.argumentsFor(2*f.Days)...), "and further ahead?"})
	}
	return list
}

// arguments are those that make a forecast this one.
func (f *Forecast) arguments() []string { return f.argumentsFor(f.Days) }

func (f *Forecast) argumentsFor(days int) (args []string) {
	if f.Count != nil {
		args = append(args, "--stock", f.Count.File)
	}
	switch {
	case f.From != nil:
		args = append(args, "--from", strconv.FormatFloat(f.At.Sub(0).Days(), 'g', -1, 64), "--replication", strconv.Itoa(f.From.Replication))
	case f.AtText != "":
		args = append(args, "--at", f.AtText)
	}
	if days != UsualDays {
		args = append(args, "--days", strconv.Itoa(days))
	}
	if f.N != f.Subject.File.Run.Replications {
		args = append(args, "-n", strconv.Itoa(f.N))
	}
	return args
}
