package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"oxysim/study"
)

// saveEvery is how often a long run is saved, so that a power cut costs little.
const saveEvery = 30 * time.Second

// keepable is what can be interrupted and gone on with: a run or a question.
type keepable interface {
	Count() int // replications, or other pieces of work, that are finished
	Save(w io.Writer) error
	Load(r io.Reader) error
	Saved(r io.Reader) (int, error) // how many Save wrote
}

// keeper keeps what is known of a run in a file while it lasts.
type keeper struct {
	c     *command
	r     keepable
	of    string // what is finished, and of how many, in words: " of 1000 replications"
	path  string
	from  string // what it was resumed from, as it was typed
	saved time.Time
	ours  bool // the file is of this run
	named bool // by the user, and so is not removed

	mu        sync.Mutex // held while the run changes, or is saved
	begun     time.Time
	elsewhere error // why the file cannot be where it should; nil if it can
}

// sayElsewhere is how long a run lasts before it is told that what is kept of it
// is kept elsewhere.
const sayElsewhere = time.Second

// openCheckpoint loads what an earlier run left, if that is asked for.
func (c *command) openCheckpoint(f runFlags, r *study.Run) (*keeper, error) {
	k := c.newKeeper(r, fmt.Sprintf(" of %d replications", r.N), checkpointPath(f, r), f.resume)
	r.Guard = &k.mu
	if f.resume != resumeDefault && strings.HasSuffix(f.resume, ".jsonl") {
		return k, c.foldRecords(f.resume, r)
	}
	return k, k.open()
}

// newKeeper returns what keeps a piece of work in a file.
func (c *command) newKeeper(r keepable, of, path, resume string) *keeper {
	now := time.Now()
	k := &keeper{c: c, r: r, of: of, path: path, from: resume, saved: now, begun: now}
	if k.elsewhere = canWriteBeside(k.path); k.elsewhere != nil {
		k.path = filepath.Join(os.TempDir(), filepath.Base(k.path))
	}
	return k
}

// open loads what is in the file to resume from, if there is one.
func (k *keeper) open() error {
	c := k.c
	path := k.from
	switch path {
	case "":
		if n := k.there(); n > 0 {
			fmt.Fprintf(c.stderr, "oxysim: %s of an interrupted run are in %s; --resume goes on from there\n", plural(n, "replication"), k.path)
		}
		return nil
	case resumeDefault:
		path = k.path
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(c.stderr, "oxysim: there is no %s: nothing to resume, beginning anew\n", path)
			return nil
		}
	}
	file, err := os.Open(path)
	if err != nil {
		return bad("resume: %v", err)
	}
	defer quietly(file.Close)
	if err := k.r.Load(file); err != nil {
		return bad("resume %s: %v", path, err)
	}
	k.path, k.ours, k.named = path, true, k.from != resumeDefault
	k.elsewhere = nil
	return nil
}

// checkpointPath returns the name of the file that an interrupted run leaves:
// beside its answer, or in the working folder.
func checkpointPath(f runFlags, r *study.Run) string {
	name := fmt.Sprintf("%s-%.8s", r.Subject.Name, r.Subject.Digest)
	if r.Subject.Seed != r.Subject.File.Run.Seed {
		name += fmt.Sprintf("-seed%d", r.Subject.Seed)
	}
	if r.Fold.First > 0 {
		name += fmt.Sprintf("-first%d", r.Fold.First)
	}
	if r.Precision != (study.Precision{}) {
		name += "-" + strings.TrimSuffix(r.Precision.String(), "%")
	}
	return filepath.Join(beside(f.view.output), name+".partial.json")
}

// there returns how many replications the file has, if it is one of this run.
func (k *keeper) there() int {
	f, err := os.Open(k.path)
	if err != nil {
		return 0
	}
	defer quietly(f.Close)
	n, err := k.r.Saved(f)
	if err != nil {
		return 0
	}
	return n
}

// tick saves the run if that was long ago. That it fails is told when it
// matters.
func (k *keeper) tick() {
	if k.elsewhere != nil && time.Since(k.begun) > sayElsewhere {
		fmt.Fprintf(k.c.stderr, "oxysim: no file can be written beside the answer (%v): if this is interrupted, what is finished is kept in %s\n", k.elsewhere, k.path)
		k.elsewhere = nil
	}
	if k.r.Count()%16 == 0 && k.due() {
		quietly(k.save)
	}
}

// due reports whether the run was last saved long ago.
func (k *keeper) due() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return time.Since(k.saved) > saveEvery
}

// save writes what is known. It may be called while replications are simulated.
func (k *keeper) save() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.saved = time.Now()
	if n := k.r.Count(); n == 0 || !k.ours && k.there() > n {
		return nil // there is nothing, or an earlier run came further
	}
	err := writeFile(k.path, func(w io.Writer) error { return k.r.Save(w) })
	k.ours = k.ours || err == nil
	return err
}

// remove removes the file at the end of the run it was of, unless the user named
// it.
func (k *keeper) remove() {
	if k.ours && !k.named {
		quietly(func() error { return os.Remove(k.path) })
	}
}

// interrupted keeps what is known and says how to go on.
func (k *keeper) interrupted() error {
	n := k.r.Count()
	if n == 0 {
		return failure{exitInterrupted, errors.New("interrupted before the first replication was finished")}
	}
	if err := k.save(); err != nil {
		return failure{exitInterrupted, fmt.Errorf("interrupted, and %d replications are lost: %w", n, err)}
	}
	fmt.Fprintf(k.c.stderr, "interrupted: %d%s are kept in %s\nto go on: %s\n", max(n, k.there()), k.of, k.path, k.c.resuming(k.from, k.named))
	return failure{status: exitInterrupted}
}
