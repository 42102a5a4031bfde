// Package stats turns observations into numbers, and numbers into what may
// honestly be said about them. It would serve a bank as well as a hospital.
//
// During a run, three things are watched:
//
//   - [Tally]: values that come one by one, such as waits;
//   - [Level]: a quantity that lasts, such as a stock, weighted by time;
//   - [Intervals]: stretches of time in which something is true, such as shortages.
//
// They are plain data: assigning one copies it, the zero value is empty, and
// watching allocates nothing. Instants and lengths of time are whole seconds in
// an int64.
//
// Across runs, whose results are independent, a question has its interval:
//
//   - a probability: [Wilson] to show, [ClopperPearson] to promise;
//   - a mean: [MeanT], and [BootstrapT] if the values are skewed;
//   - a ratio of two means: [RatioTally];
//   - a quantile: [OrderStatistics], or [Quantiles] if the values cannot be
//     kept; [ToleranceRank] for a bound with a guarantee;
//   - the mean beyond a quantile: [CVaRInterval];
//   - a whole distribution: [DKW];
//   - two designs in the same futures: [MeanT] of the differences; [McNemar],
//     [Tango] to show and [PairedExact] to promise, if results are yes or no.
//
// Those are for a number of runs fixed beforehand. Whoever looks after every
// run and stops when content needs intervals that hold at every look:
// [BernoulliSequence], [BettingSequence], [MeanSequence], [StudentSequence],
// [McNemarSequence], [PairedSequence] and [DifferenceSequence].
//
// Then there are questions with more than two answers:
//
//   - which of many designs is best: [KimNelson];
//   - what is luck, and what not knowing: [Crossed];
//   - which of many uncertain numbers matter: [Morris], from few runs, and
//     [Saltelli], in shares of the variance;
//   - what it would be worth to know them: [EVPI] and [EVPPI];
//   - which causes have which share: [Shapley];
//   - which curve that never falls is nearest: [Isotonic].
//
// # Promises
//
// What draws lots is told a seed, or always starts at the same place, so that
// everything is a function of its arguments.
//
// Merging is exact for counts and extremes and commutative to the last bit;
// sums of real numbers agree to rounding. What is written as JSON is read back
// to the last bit. Products in running sums are not fused, so that every
// processor collects the same numbers; functions with logarithms in them, which
// is to say intervals, may differ in the last digits of a float64.
//
// A mistake of the caller, such as a confidence of 95 or a value that is not a
// number, is a panic that says what was wanted. What the reader of an interval
// should know, such as too few observations, is a list of warnings, to be
// printed beside it.
//
// # What is left to others
//
// Running replications is for package montecarlo; which metric is estimated,
// how many answers share one confidence, when to stop and how it is all
// printed, for those who ask.
//
// # Reading order
//
// tally.go, level.go, intervals.go; then confidence.go, binomial.go,
// student.go, bootstrap.go, ratio.go, order.go, quantiles.go, cvar.go, dkw.go;
// then sequence.go, betting.go and student_sequence.go; paired.go and select.go;
// anova.go, morris.go, sobol_points.go, sobol.go and voi.go; shapley.go and
// isotonic.go.
package stats
