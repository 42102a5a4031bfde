package source

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Disk returns the files of the machine. Unlike those of os.DirFS, their names
// are the names a user gives, relative to the working directory or not, and a
// file may extend another that is in no directory below.
func Disk() fs.FS { return disk{} }

type disk struct{}

func (disk) Open(name string) (fs.File, error) { return os.Open(filepath.FromSlash(name)) }

func (disk) ReadFile(name string) ([]byte, error) { return ReadFile(name) }

// mostRead is the size of the largest file that is read, in bytes: some hundred
// times that of the largest scenario.
const mostRead = 64 << 20

// ReadFile reads a file of the user's, and refuses one that does not end.
func ReadFile(name string) ([]byte, error) {
	f, err := os.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, mostRead+1))
	if err == nil && len(data) > mostRead {
		err = fmt.Errorf("want a file of at most %d MB", mostRead>>20)
	}
	return data, err
}

func (disk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(filepath.FromSlash(name)) }
