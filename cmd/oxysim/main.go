// Oxysim simulates how medical oxygen reaches patients in cylinders: a plant
// makes it, a filling station compresses it into cylinders, trucks carry full
// ones over unreliable roads and bring empty ones back, hospitals use it. It
// simulates the same network many times over, each time with other patients,
// failures, outages and closed roads, and says how likely it is that somebody
// runs out, and why.
//
// # A first answer
//
// Ready-made scenarios are called by their names:
//
//	$ oxysim scenarios
//	  closed-loop ...
//	  district ...
//	...
//
// Simulating one gives the verdict first, then the hospitals, the worst first,
// then the plants and what held filling back, then what to do next:
//
//	$ oxysim run district -n 50
//	A district with one oxygen plant
//	6 hospitals, 1 plant, 2 trucks, ... cylinders · 50 replications × 365 days · seed 1
//
//	  ✗ ... of 6 hospitals miss the target...: P(stockout) ≤ 5 %
//
//	  hospital ... P(stockout), % ... 95 % interval ...
//	...
//	  Next   oxysim run district ... --hospital ...
//	...
//	$ echo $?
//	3
//
// The exit status is the answer: 0 if the target is met, 3 if it is not or if
// more replications are needed to tell, 2 if the scenario or the call is wrong,
// 4 if records are incomplete, 130 if it was interrupted, and 1 if the program
// failed.
//
// All numbers carry their uncertainty. More replications make it smaller, and
// --precision stops when it is small enough:
//
//	$ oxysim run district --precision 12pp
//	...
//
// # A scenario of one's own
//
// "oxysim new" writes a scenario to start from, with a comment on what has to
// be decided, and "oxysim check" says what it means, what was assumed and what
// is implausible:
//
//	$ oxysim new "Lundazi district" -o lundazi.toml
//	$ oxysim check lundazi.toml
//	Lundazi district
//	2 hospitals, 1 plant, 1 truck, 66 cylinders · 365 days
//	...
//	Nothing implausible
//	...
//
// A key of the scenario, such as hospital.north.buffer, is its name everywhere:
// in the file, in the flag --set, in the names of metrics.
//
//	$ oxysim run lundazi.toml -n 100 --set hospital.north.buffer=20 --format csv
//	metric,unit,n,mean,lo,hi,method,p05,p50,p95,min,max
//	...
//	hospital.north.stockout,1,100,...
//	...
//
// Mistakes are told all at once, with their places and, if there is one, a
// guess:
//
//	$ oxysim run lundazi.toml --set hospital.north.bufer=20
//	--set hospital.north.bufer=20: hospital.north.bufer: unknown key (did you mean "buffer"?)
//	$ echo $?
//	2
//
// # What to do about it
//
// Six subcommands ask more of a scenario. In each, all designs meet the same
// futures, and what is promised stands below the answer.
//
// "oxysim plan" finds how much is enough: the least value of a number of the
// scenario, or the cheapest of several together, that meets the target.
//
//	$ oxysim plan lundazi.toml --lever hospital.north.buffer
//	...
//	  ✓ P(hospital.north.stockout) ≤ 5 %, hospital.north.buffer: ...
//	...
//
// "oxysim compare" says which of the options of the file is best, which meets
// the target, what each averts and what that costs.
//
//	$ oxysim compare lundazi.toml -n 100
//	...
//	  plant.works.machines.spares ...
//	...
//
// "oxysim why" says how much of the shortage each cause makes, and what single
// stockouts waited for.
//
//	$ oxysim why lundazi.toml --causes plant,filling -n 30
//	...
//
// "oxysim sweep" varies one or two numbers, or all that are uncertain, and says
// what matters, what is luck, and what measuring first would be worth.
//
//	$ oxysim sweep lundazi.toml --vary hospital.north.buffer=20:40:20 -n 100
//	...
//
// "oxysim forecast" begins with today's counts: who runs out when, by which hour
// a delivery must arrive, what to send first.
//
//	$ oxysim forecast lundazi.toml --template -o counts.csv
//	$ oxysim forecast lundazi.toml --stock counts.csv --days 5
//	...
//
// "oxysim rare" estimates risks that plain replications hardly ever see.
//
//	$ oxysim rare exact-first-stockout --set run.horizon=30d --set hospital.clinic.buffer=22 --plain 100 --runs 64 -n 10
//	...
//
// "oxysim plot" draws figures, and "oxysim report" writes a folder to hand on,
// which "oxysim verify" makes again to see whether it is the same.
//
// # One replication, event by event
//
// A scenario and a seed name a set of possible futures; each has a number. The
// events of one can be read:
//
//	$ oxysim trace one-cylinder --thing hospital.clinic --until 30h
//	d000 00:00    hospital.clinic          begins with 1 cylinder full and 0 empty
//	d000 08:00    hospital.clinic          asks for 1 cylinder
//	...
//
// # Long runs
//
// Ctrl-C keeps the replications that are finished; the same call with --resume
// goes on, and the answer is the same to the last byte. It is also the same on
// any number of processors.
//
// With --format jsonl each replication is a line, a record, which says what it
// is of. Parts of a study can be simulated on several machines and put
// together:
//
//	$ oxysim run one-cylinder --format jsonl --first 0 -n 10 -o a.jsonl
//	$ oxysim run one-cylinder --format jsonl --first 15 -n 5 -o b.jsonl
//	$ oxysim merge a.jsonl b.jsonl
//	oxysim: incomplete; what is missing, and how to simulate it:
//	replications 10 to 14
//	  oxysim run one-cylinder --format jsonl --first 10 -n 5 -o missing-10.jsonl
//	$ echo $?
//	4
//	$ oxysim run one-cylinder --format jsonl --first 10 -n 5 -o missing-10.jsonl
//	$ oxysim merge a.jsonl b.jsonl missing-10.jsonl
//	Two cylinders and no chance
//	1 hospital, 1 plant, 1 truck, 2 cylinders · 20 replications × 3 days · seed 1
//	...
//
// "oxysim help" lists all subcommands, and "oxysim help run" tells all about
// one of them.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

// gcPercent is by how much the heap may grow between collections. Replications
// allocate nothing, so that a small heap costs nothing.
const gcPercent = 20

// lastGrace is how long the program lasts after the second signal, to finish
// writing what the first made it write.
const lastGrace = 300 * time.Millisecond

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	// The first signal ends the run gently; the second ends the program.
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		cancel()
		<-signals
		time.Sleep(lastGrace)
		os.Exit(exitInterrupted)
	}()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
