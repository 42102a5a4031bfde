package main

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"oxysim/report"
	"oxysim/study"
)

// reportQuestions are asked beside the first, if the scenario gives reason to: an
// answer is kept in the results, or it is said why there is none.
var reportQuestions = []struct {
	name string
	ask  func(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error)
}{{"why", askWhy}, {"compare", askCompare}, {"all options", askAll}, {"unknown", askUnknown}, {"plan", askPlan}, {"tornado", askTornado}}

// reportMost is how often each is simulated at most: about as long as the first
// takes, or less.
var reportMost = map[string]int{"why": 32, "compare": 1000, "all options": 48, "unknown": 2, "plan": 400, "tornado": 8}

// askWhy asks why oxygen runs short, if it does, in the network and in each
// hospital.
func askWhy(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error) {
	if e := r.Answer.Estimate("network.stockout_hours"); e == nil || e.Mean == 0 {
		return "there was no stockout", nil
	}
	y, err := study.NewWhy(r.Subject, "", "stockout_hours", nil)
	if err == nil {
		err = y.ForEach()
	}
	if err != nil {
		return err.Error(), nil
	}
	y.N, y.Precision = most, 0 // as many as that, whatever they show
	r.Why, err = y.Answer(ctx, k)
	return "", err
}

// askCompare asks what the options of the scenario do, if it has any.
func askCompare(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error) {
	if len(r.Subject.File.Option) == 0 {
		return "the scenario has no [option.NAME]", nil
	}
	designs, err := study.DesignsOf(r.Subject)
	if err != nil {
		return err.Error(), nil
	}
	q, err := study.NewCompare(designs, min(most, len(r.Values)), "", 0)
	if err != nil {
		return err.Error(), nil
	}
	r.Compare, err = q.Answer(ctx, k)
	return "", err
}

// askAll asks what all options of the scenario do at once, if there are several.
func askAll(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error) {
	if r.Compare == nil || len(r.Compare.Compare.Designs) < 3 {
		return "there are no two options", nil
	}
	all, err := study.AllOptions(r.Subject)
	if err != nil {
		return err.Error(), nil
	}
	q, err := study.NewCompare([]*study.Option{r.Compare.Compare.Designs[0], all}, min(most, len(r.Values)), r.Compare.Compare.By, 0)
	if err != nil {
		return err.Error(), nil
	}
	q.Fixed = true
	r.All, err = q.Answer(ctx, k)
	return "", err
}

// unknownVectors is how many values of all uncertain numbers are drawn, each of
// which meets some futures.
const unknownVectors = 32

// askUnknown asks how the options do over what the numbers may be.
func askUnknown(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error) {
	if r.Compare == nil {
		return "no options were compared", nil
	}
	gauges, err := study.NewGauges(r.Subject, r.Compare.Compare.By)
	if err != nil {
		return err.Error(), nil
	}
	q, problems := study.NewIgnorance(r.Subject, gauges[0])
	if len(problems) > 0 {
		return noRange, nil
	}
	var options []string
	for _, o := range r.Compare.Compare.Designs[1:] {
		options = append(options, o.Name)
	}
	p, err := study.NewInformation(q, options, nil, unknownVectors, most)
	if err != nil {
		return err.Error(), nil
	}
	r.Unknown, err = p.Answer(ctx, k)
	return "", err
}

// noRange is why what rests on ranges is not asked.
const noRange = "nothing in the scenario has a range"

// mostBuffer is the largest buffer that is considered, as a multiple of what there
// is: if it is not enough, something else is short.
const mostBuffer = 10

// bufferFlags returns the question how much of a buffer is enough in the worst
// hospital, as it would be typed, or why there is no reason to ask.
func bufferFlags(r *report.Results, most int) (f planFlags, not string) {
	list, judged := r.Answer.Hospitals()
	if !judged || len(list) == 0 || !r.Answer.Target.Probability() {
		return f, "the target is none for a probability in hospitals"
	}
	worst := list[0]
	has := r.Subject.File.Hospital[strings.TrimPrefix(worst.Thing, "hospital.")].Buffer
	switch {
	case worst.Verdict == study.Met:
		return f, "the target is met"
	case has == 0:
		return f, "the worst hospital has no buffer"
	}
	return planFlags{levers: []string{worst.Thing + ".buffer"}, between: []string{strconv.Itoa(has) + ".." + strconv.Itoa(mostBuffer*has)}, n: most}, ""
}

// askPlan asks how much of a buffer is enough in the worst hospital, if it misses
// the target.
func askPlan(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error) {
	f, not := bufferFlags(r, most)
	if not != "" {
		return not, nil
	}
	p, err := f.plan(r.Subject)
	if err != nil {
		return err.Error(), nil
	}
	r.Plan, err = p.Answer(ctx, k)
	var broken *study.Broken
	if err != nil && !errors.Is(err, context.Canceled) && !errors.As(err, &broken) {
		r.Plan = nil
		return err.Error(), nil
	}
	return "", err
}

// askTornado asks how much each uncertain number moves the hours without oxygen.
func askTornado(ctx context.Context, k *study.Work, r *report.Results, most int) (not string, err error) {
	gauges, err := study.NewGauges(r.Subject, "network.stockout_hours")
	if err != nil {
		return err.Error(), nil
	}
	q, problems := study.NewIgnorance(r.Subject, gauges[0])
	if len(problems) > 0 {
		return noRange, nil
	}
	r.Tornado, err = (&study.Tornado{Ignorance: q, N: most}).Answer(ctx, k)
	return "", err
}
