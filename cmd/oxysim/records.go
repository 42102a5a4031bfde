package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"oxysim/study"
)

// keepRecords simulates a scenario and writes a line for each replication,
// each as soon as it and those before it are there.
func (c *command) keepRecords(ctx context.Context, f runFlags, r *study.Run) error {
	if f.resume != "" && f.resume != resumeDefault && f.resume != f.view.output {
		return bad("--resume: want -o %s, to append to the records there", f.resume)
	}
	out := &recordWriter{w: c.stdout}
	if f.view.output != "" {
		file, err := c.openRecords(f, r)
		if err != nil {
			return err
		}
		defer quietly(file.Close)
		out.w, out.file = file, file
		if out.good, err = file.Seek(0, io.SeekCurrent); err != nil {
			out.file = nil // a device
		}
	} else if f.resume != "" {
		return bad("--resume: want -o FILE, the records to append to")
	}
	m := c.runMeter(r, f.progress)
	patient := c.onInterrupt(ctx, func() {})
	err := r.Simulate(ctx, f.workers, out.line, m.tick)
	patient()
	m.end()
	err = errors.Join(err, out.sync())
	switch {
	case errors.Is(err, context.Canceled) && f.view.output != "":
		fmt.Fprintf(c.stderr, "interrupted: %d of %d replications are in %s\nto go on: %s\n", r.Fold.Count, r.N, f.view.output, c.resuming("", false))
		return failure{status: exitInterrupted}
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(c.stderr, "interrupted: %d of %d replications are written\nfor the others: %s\n", r.Fold.Count, r.N, rest(r))
		return failure{status: exitInterrupted}
	case err != nil:
		return err
	case f.shard:
		return nil // the verdict is on the study, not on a part of it
	}
	return verdict(r)
}

// recordWriter writes whole lines or nothing.
type recordWriter struct {
	w    io.Writer
	file *os.File // that can be cut; nil if none
	good int64    // its length up to the last whole line
}

func (o *recordWriter) line(b []byte) error {
	n, err := o.w.Write(b)
	if err == nil {
		o.good += int64(n)
		return nil
	}
	if o.file != nil && n > 0 {
		quietly(func() error { return o.file.Truncate(o.good) })
	}
	return fmt.Errorf("write records: %w", err)
}

func (o *recordWriter) sync() error {
	if o.file == nil || !isRegular(o.file) {
		return nil
	}
	if err := o.file.Sync(); err != nil {
		return fmt.Errorf("write records: %w", err)
	}
	return nil
}

// openRecords opens the file that records are written to: a new one, or one to
// go on with, after what it has has been added to the run.
func (c *command) openRecords(f runFlags, r *study.Run) (*os.File, error) {
	path := f.view.output
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return nil, bad("write records: %w", err)
		}
		return file, nil
	case err != nil:
		return nil, fmt.Errorf("write records: %w", err)
	case info.IsDir():
		return nil, bad("write records to %s: it is a folder, want a file", path)
	case !info.Mode().IsRegular():
		return os.OpenFile(path, os.O_WRONLY, 0)
	case f.resume == "":
		return nil, bad("%s is there already; want a new name, or --resume to go on with it", path)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("resume: %w", err)
	}
	end, err := c.addRecords(study.RecordFile{Name: path, ReadSeeker: file}, r)
	if err == nil {
		err = file.Truncate(end)
	}
	if err == nil {
		_, err = file.Seek(end, io.SeekStart)
	}
	if err == nil && end > 0 { // the last record may be whole and lack the end of its line
		last := make([]byte, 1)
		if _, err = file.ReadAt(last, end-1); err == nil && last[0] != '\n' {
			_, err = file.Write([]byte{'\n'})
		}
	}
	if err != nil {
		quietly(file.Close)
		return nil, err
	}
	return file, nil
}

// foldRecords adds the records of a file to a run.
func (c *command) foldRecords(path string, r *study.Run) error {
	file, err := os.Open(path)
	if err != nil {
		return bad("resume: %v", err)
	}
	defer quietly(file.Close)
	_, err = c.addRecords(study.RecordFile{Name: path, ReadSeeker: file}, r)
	return err
}

// addRecords adds the records of a file to a run and returns where they end.
func (c *command) addRecords(f study.RecordFile, r *study.Run) (end int64, err error) {
	found, err := study.FindRecords(r.Codec(), f)
	if wrong, ok := errors.AsType[study.RecordErrors](err); ok {
		return 0, bad("resume: %s is not records of this study, or not these alone:\n%w", f.Name, wrong)
	}
	if err != nil {
		return 0, err
	}
	for _, note := range found.Notes {
		fmt.Fprintln(c.stderr, "oxysim:", note)
	}
	end, count, err := found.Prefix(r.Fold.First)
	if err != nil {
		return 0, failure{exitBadInput, err}
	}
	if count > r.N {
		return 0, bad("%s has %s: want at least as many, not %d", f.Name, plural(count, "replication"), r.N)
	}
	err = found.Each(func(_ int, values []float64) bool { return r.Add(values) })
	if err == nil && r.Fold.Count < count {
		return 0, bad("%s has %s, and the precision is reached after %d: want the precision with which it was begun", f.Name, plural(count, "replication"), r.Fold.Count)
	}
	return end, err
}
