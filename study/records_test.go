package study

import (
	"fmt"
	"strings"
	"testing"
)

// lineOf is a record of the fake subject.
func lineOf(s *Subject, replication int) string {
	w := s.NewWorld()
	return string(NewCodec(s.Origin(), w.Metrics()).Append(nil, replication, w.Run(s.Seed, replication)))
}

func linesOf(s *Subject, replications ...int) string {
	var b strings.Builder
	for _, r := range replications {
		b.WriteString(lineOf(s, r))
	}
	return b.String()
}

func upTo(first, end int) (list []int) {
	for r := first; r < end; r++ {
		list = append(list, r)
	}
	return list
}

// find looks for records in files called a, b, ….
func find(s *Subject, contents ...string) (*Records, error) {
	var files []RecordFile
	for i, c := range contents {
		files = append(files, RecordFile{string(rune('a' + i)), strings.NewReader(c)})
	}
	return FindRecords(NewCodec(s.Origin(), s.NewWorld().Metrics()), files...)
}

// However a study is divided among files, and in whatever order they are
// given, the answer is that of one run.
func TestMergedRecordsAreOneStudy(t *testing.T) {
	s := fakeSubject(0.5, 0.01)
	want := newRun(t, s, 0, 100, Precision{})
	if err := want.Simulate(t.Context(), 0, nil, nil); err != nil {
		t.Fatal(err)
	}
	var odd, even []int
	for r := range 100 {
		if r%2 == 0 {
			even = append(even, r)
		} else {
			odd = append(odd, r)
		}
	}
	for _, files := range [][]string{
		{linesOf(s, upTo(0, 100)...)},
		{linesOf(s, upTo(50, 100)...), linesOf(s, upTo(0, 50)...)},
		{linesOf(s, odd...), linesOf(s, even...)},
		{linesOf(s, upTo(30, 60)...) + "\n" + linesOf(s, upTo(0, 30)...), linesOf(s, upTo(60, 100)...)},
		{"", strings.ReplaceAll(linesOf(s, upTo(0, 100)...), "\n", "\r\n")},
	} {
		found, err := find(s, files...)
		if err != nil {
			t.Fatal(err)
		}
		if gaps := found.Missing(0, -1); gaps != nil || found.Count() != 100 {
			t.Errorf("got gaps %v in %d", gaps, found.Count())
		}
		got := newRun(t, s, 0, found.Count(), Precision{})
		if err := found.Each(func(_ int, values []float64) bool { return got.Add(values) }); err != nil {
			t.Fatal(err)
		}
		if transcript(got.Answer()) != transcript(want.Answer()) {
			t.Error("got another answer than that of one run")
		}
	}
}

func TestWrongRecordsAreNamed(t *testing.T) {
	s, other := fakeSubject(0.5), fakeSubject(0.5)
	other.Seed = 2
	for _, c := range []struct {
		files []string
		want  string
	}{
		{[]string{linesOf(s, 0, 1), linesOf(other, 2)}, "b:1: it has seed 2, not 1"},
		{[]string{linesOf(s, 0) + "rubbish\n" + linesOf(s, 1)}, `a:2: want a record, not "rubbish"`},
		{[]string{linesOf(s, 0, 1, 2), linesOf(s, 3, 2)}, "b:2: replication 2: already in a:3"},
		{[]string{linesOf(s, upTo(0, 10)...), linesOf(s, upTo(5, 20)...)}, "b:1: replications 5 to 9: already in a:6"},
		{[]string{linesOf(s, 0, 0)}, "a:2: replication 0: already in a:1"},
		{[]string{linesOf(s, 0), linesOf(other, upTo(1, 50)...)}, "b: all records have seed 2, not 1"},
		{[]string{linesOf(s, 0) + linesOf(other, 1, 2, 3)}, "a:2: it has seed 2, not 1; so with 2 others"},
		{[]string{linesOf(s, 0) + strings.TrimSuffix(linesOf(s, 1), "\n") + linesOf(s, 2, 3)}, "a:2: want one record to a line, and after it there is"},
		{[]string{linesOf(s, 0) + linesOf(s, 1)[:200] + linesOf(s, 2, 3)}, "a:2: want a record, not"},
		{[]string{linesOf(s, 0) + "rubbish"}, `a:2: want a record, not "rubbish"`},
		{[]string{"rubbish"}, `a:1: want a record, not "rubbish"`},
		{[]string{strings.Repeat("x\n", 50)}, "and perhaps more"},
	} {
		_, err := find(s, c.files...)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

func TestGaps(t *testing.T) {
	s := fakeSubject(0.5)
	for _, c := range []struct {
		there      []int
		first, end int
		want       string
	}{
		{upTo(0, 10), 0, -1, "[]"},
		{upTo(0, 10), 0, 12, "[replications 10 to 11]"},
		{upTo(3, 10), 0, -1, "[replications 0 to 2]"},
		{upTo(3, 10), 3, 10, "[]"},
		{append(upTo(0, 4), 5, 8), 0, -1, "[replication 4 replications 6 to 7]"},
		{nil, 0, 5, "[replications 0 to 4]"},
		{nil, 0, -1, "[]"},
	} {
		found, err := find(s, linesOf(s, c.there...))
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(found.Missing(c.first, c.end)); got != c.want {
			t.Errorf("%v from %d to %d: got %s, want %s", c.there, c.first, c.end, got, c.want)
		}
	}
}

// A program that is killed leaves half a line at the end. Whatever half it is,
// it is left out, and the file can be continued where the whole lines end.
func TestTheLineThatWasCutOffIsLeftOut(t *testing.T) {
	s := fakeSubject(0.5)
	whole := linesOf(s, 0, 1, 2)
	last := lineOf(s, 3)
	for k := 1; k < len(last)-1; k++ {
		found, err := find(s, whole+last[:k])
		if err != nil {
			t.Fatalf("after %q: %v", last[:k], err)
		}
		end, count, err := found.Prefix(0)
		if end != int64(len(whole)) || count != 3 || err != nil || len(found.Notes) != 1 {
			t.Errorf("after %q: got %d bytes, %d replications, %v, %q", last[:k], end, count, err, found.Notes)
		}
	}
	// A whole record that only lacks the end of its line counts.
	found, err := find(s, whole+last[:len(last)-1])
	if err != nil || found.Count() != 4 {
		t.Errorf("got %v, %v", found, err)
	}
}

func TestOnlyAPrefixCanBeContinued(t *testing.T) {
	s := fakeSubject(0.5)
	for text, want := range map[string]string{
		linesOf(s, 1, 2):        "begins with replication 1, want 0",
		linesOf(s, 0, 2):        "want replications in order",
		linesOf(s, 1, 0):        "want replications in order",
		"\n" + linesOf(s, 0, 1): "begins with an empty line",
		"\n\n":                  "begins with an empty line",
		strings.ReplaceAll(linesOf(s, 0, 1), "\n", "\r\n"): "lines end in CR LF",
	} {
		found, err := find(s, text)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := found.Prefix(0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestFirstRecord(t *testing.T) {
	s := fakeSubject(0.5)
	for _, c := range []struct{ text, want string }{
		{"", "<nil> <nil>"},
		{"{\"scen", "<nil> <nil>"},
		{"x\n", "<nil> a:1: want a record, not \"x\""},
	} {
		r, err := FirstRecord(RecordFile{"a", strings.NewReader(c.text)})
		if got := fmt.Sprint(r, " ", err); got != c.want {
			t.Errorf("%q: got %s, want %s", c.text, got, c.want)
		}
	}
	r, err := FirstRecord(RecordFile{"a", strings.NewReader("\n" + linesOf(s, 4, 5))})
	if err != nil || r.Replication != 4 || r.Scenario != "fake" {
		t.Errorf("got %+v, %v", r, err)
	}
}

// Whatever a file of records holds, it is read or refused, and nothing breaks.
func FuzzRecords(f *testing.F) {
	s := fakeSubject(0.5)
	f.Add(linesOf(s, 0, 1, 2))
	f.Add(linesOf(s, 3)[:50])
	f.Add(strings.ReplaceAll(linesOf(s, 0), ":0", ":1e999"))
	f.Add(strings.ReplaceAll(linesOf(s, 0), ",", " ,"))
	f.Add("{}\n\n[]\nnull\n")
	f.Fuzz(func(t *testing.T, text string) {
		found, err := find(s, text)
		if err != nil {
			return
		}
		r := newRun(t, s, 0, found.Count(), Precision{})
		n := 0
		err = found.Each(func(_ int, values []float64) bool { r.Add(values); n++; return true })
		if err == nil && n != found.Count() {
			t.Errorf("got %d records, found %d", n, found.Count())
		}
	})
}
