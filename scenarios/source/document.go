package source

import (
	"bytes"
	"io/fs"
	"path"
	"sort"
	"strings"
	"unicode/utf8"
)

// document is a text file that has been read.
type document struct {
	name   string // as shown in messages, and as known to fsys
	fsys   fs.FS  // in which files named in this one are looked for
	data   []byte // without a byte order mark
	starts []int  // of lines, as offsets into data
}

func newDocument(fsys fs.FS, name string, data []byte) *document {
	d := &document{name: name, fsys: fsys, data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), starts: []int{0}}
	for i, c := range d.data {
		if c == '\n' {
			d.starts = append(d.starts, i+1)
		}
	}
	return d
}

// beside returns the name of a file that is named in this one.
func (d *document) beside(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	if path.IsAbs(name) || len(name) > 1 && name[1] == ':' {
		return path.Clean(name)
	}
	return path.Join(path.Dir(d.name), name)
}

// line returns the text of a line, from 1, without its end.
func (d *document) line(n int) (string, bool) {
	if n < 1 || n > len(d.starts) {
		return "", false
	}
	end := len(d.data)
	if n < len(d.starts) {
		end = d.starts[n]
	}
	return strings.ToValidUTF8(strings.TrimRight(string(d.data[d.starts[n-1]:end]), "\r\n"), "�"), true
}

// whole returns the place that is the document.
func (d *document) whole() Place { return Place{File: d.name, text: d} }

// place returns the place of the bytes from start to end. A place never
// goes over the end of its line.
func (d *document) place(start, end int) Place {
	start = min(max(start, 0), len(d.data))
	end = min(max(end, start), len(d.data))
	n := sort.Search(len(d.starts), func(i int) bool { return d.starts[i] > start }) // from 1
	if i := bytes.IndexAny(d.data[start:end], "\r\n"); i >= 0 {
		end = start + i
	}
	return Place{
		File:   d.name,
		Line:   n,
		Column: 1 + utf8.RuneCount(d.data[d.starts[n-1]:start]),
		width:  utf8.RuneCount(d.data[start:end]),
		text:   d,
	}
}

// at returns the place of a column counted in bytes from 1, and of a width in
// characters.
func (d *document) at(line, column, width int) Place {
	if line < 1 || line > len(d.starts) {
		return d.whole()
	}
	p := d.place(d.starts[line-1]+max(column, 1)-1, 0)
	p.width = width
	return p
}
