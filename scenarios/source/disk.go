package source

import (
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

func (disk) ReadFile(name string) ([]byte, error) { return os.ReadFile(filepath.FromSlash(name)) }

func (disk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(filepath.FromSlash(name)) }
