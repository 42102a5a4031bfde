package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"oxysim/scenarios"
	"oxysim/study"
)

// write writes an answer to stdout or, if a path is given, to a file, which
// then is there as a whole or not at all.
func (c *command) write(path string, answer func(io.Writer) error) error {
	if path == "" {
		out := bufio.NewWriter(c.stdout)
		err := answer(out)
		if written := out.Flush(); err == nil && written != nil { // what there is of a trace is of use even if it ends early
			err = fmt.Errorf("write the answer: %w", written)
		}
		return err
	}
	return writeFile(path, answer)
}

// writeFile writes a file beside its place and then puts it there. What is no
// regular file, such as a device, is written to directly.
func writeFile(path string, content func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return bad("write %s: it is a folder, want a file", path)
		}
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return fmt.Errorf("write: %w", err)
		}
		return fill(f, content)
	}
	f, err := createBeside(path)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	temporary := f.Name()
	if err := fill(f, content); err != nil {
		quietly(func() error { return os.Remove(temporary) })
		return fmt.Errorf("write %s: %w", path, cause(err))
	}
	if err := os.Rename(temporary, path); err != nil {
		quietly(func() error { return os.Remove(temporary) })
		return fmt.Errorf("write %s: %w", path, cause(err))
	}
	return nil
}

// inputs are the files that a scenario was read from; none if it is a ready-made
// one.
func inputs(s *study.Subject) []string {
	if _, ok := scenarios.ReadyFiles(s.Called); ok {
		return nil
	}
	return s.Tree.Files()
}

// checkOutput returns an error, before anything is simulated, if an answer cannot be
// written to a path, or if that is one of the files that are read, which are
// called as.
func checkOutput(path, as string, read []string) error {
	if path == "" {
		return nil
	}
	if err := notRead(path, as, read); err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return bad("write %s: it is a folder, want a file", path)
		}
		return nil
	}
	if err := canWriteBeside(path); err != nil {
		return bad("write %s: %v", path, err)
	}
	return nil
}

// notRead returns an error if a path is that of one of the files that are read,
// which are called as.
func notRead(path, as string, read []string) error {
	info, err := os.Stat(path)
	if err != nil {
		return nil // it is not there yet
	}
	for _, r := range read {
		if other, err := os.Stat(filepath.FromSlash(r)); err == nil && os.SameFile(info, other) {
			return bad("-o: %s is read as %s; want another file", path, as)
		}
	}
	return nil
}

// canWriteBeside returns an error if no file can be created in the folder of a
// path.
func canWriteBeside(path string) error {
	f, err := createBeside(path)
	if err != nil {
		return cause(err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// fill writes a file to the disk and closes it.
func fill(f *os.File, content func(io.Writer) error) error {
	out := bufio.NewWriter(f)
	err := content(out)
	if err == nil {
		err = out.Flush()
	}
	if err == nil && isRegular(f) {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func isRegular(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// createBeside creates a new file with a name of its own in the folder of a
// path.
func createBeside(path string) (*os.File, error) {
	for i := range 1000 {
		name := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d-%d", filepath.Base(path), os.Getpid(), i))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, cause(err)
		}
	}
	return nil, fs.ErrExist
}

// makeBeside makes a new folder with a name of its own beside a path.
func makeBeside(path string) (string, error) {
	for i := range 1000 {
		name := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d-%d", filepath.Base(path), os.Getpid(), i))
		if err := os.Mkdir(name, 0o777); !errors.Is(err, fs.ErrExist) {
			return name, cause(err)
		}
	}
	return "", fs.ErrExist
}

// withoutEmpty returns what removes a folder, and those above it, of which none
// is there yet, so far as they are empty then.
func withoutEmpty(dir string) func() {
	var missing []string // the deepest first
	for d := filepath.Clean(dir); ; d = filepath.Dir(d) {
		if _, err := os.Lstat(d); err == nil || d == filepath.Dir(d) {
			break
		}
		missing = append(missing, d)
	}
	return func() {
		for _, d := range missing {
			quietly(func() error { return os.Remove(d) })
		}
	}
}

// quietly does what nobody can do anything about if it fails.
func quietly(act func() error) { _ = act() }

// cause returns what is behind an error about a temporary file, whose name
// nobody wants to know.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}

// writeNew writes a file that must not be there yet.
func writeNew(path string, content []byte) error {
	opened, err := createNew(path, content)
	switch {
	case errors.Is(err, fs.ErrExist):
		return bad("%s is there already; want a new name", path)
	case err != nil && !opened:
		return bad("write %s: %w", path, err)
	case err != nil:
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// createNew is writeNew with the bare error, of opening or of writing.
func createNew(path string, content []byte) (opened bool, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return false, cause(err)
	}
	err = fill(f, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
	if err != nil {
		quietly(func() error { return os.Remove(path) })
	}
	return true, cause(err)
}
