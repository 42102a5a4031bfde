package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A folder of files is there as a whole or not at all: what cannot be written
// leaves neither files nor folders, and no folder that was there is removed.
func TestNoHalfOfAFolder(t *testing.T) {
	names := func(dir string) (list []string) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			list = append(list, e.Name())
		}
		return list
	}
	files := map[string][]byte{"a": []byte("x"), "b/c": nil} // for the second there is no folder
	dir := t.TempDir()
	var out strings.Builder
	c := &command{stdout: &out, stderr: &out}
	err := c.writeFolder(filepath.Join(dir, "deep", "er"), files)
	if err == nil || strings.Contains(err.Error(), ".er.") || len(names(dir)) > 0 {
		t.Errorf("got %v and %v, want an error without the name of a temporary folder, and nothing", err, names(dir))
	}
	there := filepath.Join(dir, "there")
	if err := os.Mkdir(there, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := c.writeFolder(there, files); err == nil || len(names(there)) > 0 {
		t.Errorf("got %v and %v, want an error and nothing", err, names(there))
	}
	if _, err := newFolder(filepath.Join(dir, "results"), map[string][]byte{"a": nil, "a/b": nil}); err == nil || strings.Contains(err.Error(), ".results.") || len(names(dir)) != 1 {
		t.Errorf("got %v and %v, want an error and nothing", err, names(dir))
	}
	remove := withoutEmpty(filepath.Join(there, "x", "y"))
	if err := os.MkdirAll(filepath.Join(there, "x", "y"), 0o777); err != nil {
		t.Fatal(err)
	}
	withoutEmpty(there)() // it is there already
	remove()
	if len(names(there)) > 0 {
		t.Errorf("got %v, want nothing", names(there))
	}
	if err := os.Remove(there); err != nil {
		t.Fatal(errors.Join(err, errors.New("it was removed, though it was there before")))
	}
}

// Files are replaced all or not at all: if one cannot be, those that were there are
// there again, and nothing beside them.
func TestFilesAreReplacedAllOrNone(t *testing.T) {
	dir := t.TempDir()
	there := map[string]string{"a": "old a", "c": "old c", "mine": "mine"}
	for n, text := range there {
		if err := os.WriteFile(filepath.Join(dir, n), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	is := func(want map[string]string) {
		t.Helper()
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != len(want) {
			t.Errorf("got %v and %v, want %d files", err, entries, len(want))
		}
		for n, text := range want {
			if got, err := os.ReadFile(filepath.Join(dir, n)); err != nil || string(got) != text {
				t.Errorf("%s: got %q and %v, want %q", n, got, err, text)
			}
		}
	}
	if err := replaceFiles(dir, map[string][]byte{"a": []byte("new a"), "b/c": nil}); err == nil || !strings.HasSuffix(err.Error(), "; nothing was replaced") {
		t.Errorf("got %v, want an error", err) // for the second there is no folder to write it to
	}
	is(there)
	if err := replaceFiles(dir, map[string][]byte{"a": []byte("new a"), "b": []byte("new b")}); err != nil {
		t.Error(err)
	}
	is(map[string]string{"a": "new a", "b": "new b", "c": "old c", "mine": "mine"})
}
