// Package montecarlo runs replications in parallel and hands their results over
// in order.
//
// Replications are numbered. Each is simulated by whichever worker is free, and
// their results are folded one by one, in the order of their numbers, by a
// single goroutine. So what is computed from them is the same, to the last
// byte, on any number of processors, and a rule that stops early sees only what
// came before: how many replications were needed does not depend on who
// computed them.
//
// Memory is that of a ring of results, which are used again and again; workers
// that are too far ahead of the fold wait for it.
//
// What makes replication r what it is — its random streams — is left to the
// caller, who derives it from the number r alone. Which results are kept, and
// when to stop, is left to the fold.
//
// Reading order: montecarlo.go, worker.go.
package montecarlo
