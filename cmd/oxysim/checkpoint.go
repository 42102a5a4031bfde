package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"oxysim/study"
)

// saveEvery is how often a long run is saved, so that a power cut costs little.
const saveEvery = 30 * time.Second

// keeper keeps what is known of a run in a file while it lasts.
type keeper struct {
	c     *command
	r     *study.Run
	path  string
	from  string // what it was resumed from, as it was typed
	saved time.Time
	ours  bool // the file is of this run, and is removed at its end
}

// openCheckpoint loads what an earlier run left, if that is asked for.
func (c *command) openCheckpoint(f runFlags, r *study.Run) (*keeper, error) {
	k := &keeper{c: c, r: r, path: checkpointPath(f, r), from: f.resume, saved: time.Now()}
	path := f.resume
	switch path {
	case "":
		if n := k.there(); n > 0 {
			fmt.Fprintf(c.stderr, "oxysim: %s of an interrupted run are in %s; --resume goes on from there\n", plural(n, "replication"), k.path)
		}
		return k, nil
	case resumeDefault:
		path = k.path
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(c.stderr, "oxysim: there is no %s: nothing to resume, beginning anew\n", path)
			return k, nil
		}
	}
	if strings.HasSuffix(path, ".jsonl") {
		return k, c.foldRecords(path, r)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, bad("resume: %v", err)
	}
	defer quietly(file.Close)
	if err := r.Load(file); err != nil {
		return nil, bad("resume %s: %v", path, err)
	}
	k.path, k.ours = path, true
	return k, nil
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
	dir := "."
	if info, err := os.Stat(f.view.output); f.view.output != "" && (err != nil || info.Mode().IsRegular()) {
		dir = filepath.Dir(f.view.output)
	}
	return filepath.Join(dir, name+".partial.json")
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
	if k.r.Fold.Count%16 == 0 && time.Since(k.saved) > saveEvery {
		quietly(k.save)
	}
}

func (k *keeper) save() error {
	k.saved = time.Now()
	if !k.ours && k.there() > k.r.Fold.Count {
		return nil // an earlier run came further
	}
	err := writeFile(k.path, func(w io.Writer) error { return k.r.Save(w) })
	k.ours = k.ours || err == nil
	return err
}

// remove removes the file at the end of the run it was of.
func (k *keeper) remove() {
	if k.ours {
		quietly(func() error { return os.Remove(k.path) })
	}
}

// interrupted keeps what is known and says how to go on.
func (k *keeper) interrupted() error {
	if k.r.Fold.Count == 0 {
		return failure{exitInterrupted, errors.New("interrupted before the first replication was finished")}
	}
	if err := k.save(); err != nil {
		return failure{exitInterrupted, fmt.Errorf("interrupted, and %d replications are lost: %w", k.r.Fold.Count, err)}
	}
	kept := max(k.r.Fold.Count, k.there())
	fmt.Fprintf(k.c.stderr, "interrupted: %d of %d replications are kept in %s\nto go on: %s\n", kept, k.r.N, k.path, k.c.resuming(k.from))
	return failure{status: exitInterrupted}
}
