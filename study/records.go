package study

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// RecordFile is a file of records, one to a line.
type RecordFile struct {
	Name string // for messages
	io.ReadSeeker
}

// Records are replications in files, found by their numbers. It holds where
// they are and not what they say: a few words for each stretch of consecutive
// ones.
type Records struct {
	codec *Codec
	files []RecordFile
	runs  []stretch // by number
	Notes []string  // what the reader should know: lines that were cut off, and dropped
	Cut   []int     // numbers of the replications that these lines were, as far as one can tell
	blank bool      // some file begins with an empty line
	crlf  bool      // some line ends as on Windows
}

// stretch is consecutive replications on consecutive lines of a file.
type stretch struct {
	file   int
	first  int // number of the first
	count  int
	line   int   // of the first, from 1
	offset int64 // where that line begins
	end    int64 // where the line of the last ends
}

// Range is the replications from First on, Count of them.
type Range struct{ First, Count int }

// String returns the range in words.
func (r Range) String() string {
	if r.Count == 1 {
		return fmt.Sprintf("replication %d", r.First)
	}
	return fmt.Sprintf("replications %d to %d", r.First, r.First+r.Count-1)
}

// RecordErrors are what is wrong with files of records, each with its place.
type RecordErrors []string

// mostErrors is the number of errors after which reading ends.
const mostErrors = 20

// Error returns one line for each error.
func (e RecordErrors) Error() string { return strings.Join(e, "\n") }

// FindRecords looks through files for replications of the origin of a codec.
// The error is [RecordErrors] if lines are malformed, of another origin, or
// there twice. A last line that was cut off in the middle is left out, with a
// note.
func FindRecords(codec *Codec, files ...RecordFile) (*Records, error) {
	r := &Records{codec: codec, files: files}
	var bad RecordErrors
	for i := range files {
		if err := r.scan(i, &bad); err != nil {
			return nil, fmt.Errorf("read records %s: %w", files[i].Name, err)
		}
	}
	slices.SortFunc(r.runs, func(a, b stretch) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	})
	r.twice(&bad)
	if len(bad) > 0 {
		return nil, bad
	}
	return r, nil
}

// scan notes where the replications of a file are.
func (r *Records) scan(file int, bad *RecordErrors) error {
	lines, err := readLines(r.files[file])
	if err != nil {
		return err
	}
	var last *stretch
	var head []byte // the beginning of the first record
	var other struct {
		otherStudy
		line, count int
	}
	records := 0
	defer func() {
		switch {
		case other.count == 0:
		case other.count == records && records > 1:
			*bad = append(*bad, fmt.Sprintf("%s: %s", r.files[file].Name, other.all()))
		case other.count > 1:
			*bad = append(*bad, fmt.Sprintf("%s:%d: %v; so with %d others", r.files[file].Name, other.line, other, other.count-1))
		default:
			*bad = append(*bad, fmt.Sprintf("%s:%d: %v", r.files[file].Name, other.line, other))
		}
	}()
	for lines.next() {
		r.crlf = r.crlf || lines.crlf
		if len(lines.text) == 0 {
			r.blank = r.blank || lines.begin == 0
			last = nil
			continue
		}
		n, err := r.codec.Replication(lines.text)
		if lines.cut && err == nil {
			n, err = r.codec.Values(lines.text, make([]float64, len(r.codec.metrics)))
		}
		records++
		if of, ok := errors.AsType[otherStudy](err); ok {
			if other.count == 0 {
				other.otherStudy, other.line = of, lines.number
			}
			other.count++
			last = nil
			continue
		}
		if err == nil && head == nil {
			head = bytes.Clone(lines.text)
		}
		switch {
		case err != nil && lines.cut && r.codec.began(lines.text, head):
			if last != nil {
				r.Cut = append(r.Cut, last.first+last.count)
			}
			r.Notes = append(r.Notes, fmt.Sprintf("%s:%d: the last line is cut off and left out", r.files[file].Name, lines.number))
		case err != nil:
			if len(*bad) == mostErrors {
				*bad = append(*bad, "and perhaps more")
				return nil
			} else if len(*bad) > mostErrors {
				return nil
			}
			*bad = append(*bad, fmt.Sprintf("%s:%d: %v", r.files[file].Name, lines.number, err))
			last = nil
		case last != nil && n == last.first+last.count:
			last.count++
			last.end = lines.end
		default:
			r.runs = append(r.runs, stretch{file, n, 1, lines.number, lines.begin, lines.end})
			last = &r.runs[len(r.runs)-1]
		}
	}
	return lines.err
}

// twice notes replications that are there more than once.
func (r *Records) twice(bad *RecordErrors) {
	if len(r.runs) == 0 {
		return
	}
	reach := r.runs[0] // of those so far, the one that reaches highest
	for _, s := range r.runs[1:] {
		if over := reach.first + reach.count - s.first; over > 0 {
			both := Range{s.first, min(over, s.count)}
			*bad = append(*bad, fmt.Sprintf("%s:%d: %v: already in %s:%d",
				r.files[s.file].Name, s.line, both, r.files[reach.file].Name, reach.line+s.first-reach.first))
		}
		if s.first+s.count > reach.first+reach.count {
			reach = s
		}
	}
}

// Count returns how many replications there are.
func (r *Records) Count() (n int) {
	for _, s := range r.runs {
		n += s.count
	}
	return n
}

// End returns the number after the last replication that is there or was cut
// off; 0 if there is none.
func (r *Records) End() (end int) {
	for _, s := range r.runs {
		end = max(end, s.first+s.count)
	}
	for _, n := range r.Cut {
		end = max(end, n+1)
	}
	return end
}

// Missing returns which of the replications from first up to, but not with,
// end are not there. If end is negative, it is after the last that is there.
func (r *Records) Missing(first, end int) (gaps []Range) {
	if end < 0 && len(r.runs) > 0 {
		last := r.runs[len(r.runs)-1]
		end = last.first + last.count
	}
	for _, s := range r.runs {
		if s.first >= end {
			break
		}
		if s.first > first {
			gaps = append(gaps, Range{first, s.first - first})
		}
		first = max(first, s.first+s.count)
	}
	if first < end {
		gaps = append(gaps, Range{first, end - first})
	}
	return gaps
}

// Each reads the replications in the order of their numbers, until yield
// returns false. The values are overwritten by the next.
func (r *Records) Each(yield func(replication int, values []float64) bool) error {
	values := make([]float64, len(r.codec.metrics))
	for _, s := range r.runs {
		f := r.files[s.file]
		if _, err := f.Seek(s.offset, io.SeekStart); err != nil {
			return fmt.Errorf("read records %s: %w", f.Name, err)
		}
		lines := &lines{r: bufio.NewReaderSize(f, lineBuffer), number: s.line - 1}
		for k := range s.count {
			if !lines.next() {
				return fmt.Errorf("read records %s: %w", f.Name, cmp.Or(lines.err, io.ErrUnexpectedEOF))
			}
			n, err := r.codec.Values(lines.text, values)
			if err == nil && n != s.first+k {
				err = errors.New("the file has changed while it was read")
			}
			if err != nil {
				return RecordErrors{fmt.Sprintf("%s:%d: %v", f.Name, lines.number, err)}
			}
			if !yield(n, values) {
				return nil
			}
		}
	}
	return nil
}

// Prefix returns how many bytes of the one file are the replications from
// first on, in order and without a gap, and how many they are; the file can be
// continued there. It is an error if there is anything else before the end.
func (r *Records) Prefix(first int) (bytes int64, count int, err error) {
	switch {
	case r.crlf:
		return 0, 0, fmt.Errorf("%s: lines end in CR LF, want LF alone, to continue them", r.files[0].Name)
	case len(r.runs) == 0 && r.blank:
		return 0, 0, fmt.Errorf("%s begins with an empty line, want a record", r.files[0].Name)
	case len(r.runs) == 0:
		return 0, 0, nil
	}
	s := r.runs[0]
	switch {
	case len(r.runs) > 1:
		err = fmt.Errorf("%s: want replications in order and without a gap, to continue them", r.files[0].Name)
	case s.first != first:
		err = fmt.Errorf("%s begins with replication %d, want %d", r.files[0].Name, s.first, first)
	case s.offset != 0:
		err = fmt.Errorf("%s begins with an empty line, want a record", r.files[0].Name)
	}
	return s.end, s.count, err
}

// FirstRecord returns the first record of the files, to know of what they are;
// nil if there is none that can be read.
func FirstRecord(files ...RecordFile) (*Record, error) {
	for _, f := range files {
		lines, err := readLines(f)
		if err != nil {
			return nil, fmt.Errorf("read records %s: %w", f.Name, err)
		}
		for lines.next() {
			if len(lines.text) == 0 {
				continue
			}
			r, err := ParseRecord(lines.text)
			if err == nil {
				return r, nil
			}
			if !lines.cut {
				return nil, RecordErrors{fmt.Sprintf("%s:%d: %v", f.Name, lines.number, err)}
			}
		}
		if lines.err != nil {
			return nil, fmt.Errorf("read records %s: %w", f.Name, lines.err)
		}
	}
	return nil, nil
}

// lineBuffer is as long as most records are.
const lineBuffer = 1 << 16

// lines reads a file line by line.
type lines struct {
	r      *bufio.Reader
	long   []byte // a line longer than the buffer
	text   []byte // of the line, without its end; overwritten by the next
	number int    // of the line, from 1
	begin  int64  // where it begins
	end    int64  // where the next does
	cut    bool   // it is the last, and has no end
	crlf   bool   // it ends as on Windows
	err    error
}

func readLines(f RecordFile) (*lines, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return &lines{r: bufio.NewReaderSize(f, lineBuffer)}, nil
}

// next reads the next line and reports whether there was one.
func (l *lines) next() bool {
	text, err := l.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		l.long = l.long[:0]
		for err == bufio.ErrBufferFull {
			l.long = append(l.long, text...)
			text, err = l.r.ReadSlice('\n')
		}
		l.long = append(l.long, text...)
		text = l.long
	}
	if err != nil && err != io.EOF {
		l.err = err
		return false
	}
	if len(text) == 0 {
		return false
	}
	l.number++
	l.begin, l.end = l.end, l.end+int64(len(text))
	l.cut = err == io.EOF
	l.crlf = bytes.HasSuffix(text, []byte("\r\n"))
	l.text = bytes.TrimRight(text, "\r\n")
	return true
}
