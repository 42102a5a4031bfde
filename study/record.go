package study

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"oxysim/model"
)

// Origin says what a replication is one of. Replications may be put together
// if they have the same digest, behaviour and seed, and different numbers.
type Origin struct {
	Scenario  string   `json:"scenario"`      // its name or path, as it was called
	Set       []string `json:"set,omitempty"` // settings laid over it
	Digest    string   `json:"digest"`        // of what decides its numbers
	Behaviour int      `json:"behaviour"`     // version of the model
	Seed      uint64   `json:"seed"`
}

// differs says what makes replications of two origins no parts of one study, or
// "" if they are.
func (o Origin) differs(other Origin) string {
	switch {
	case o.Digest != other.Digest:
		return fmt.Sprintf("it is of another scenario: digest %s (%s), not %s (%s)", short(o.Digest), o.Scenario, short(other.Digest), other.Scenario)
	case o.Behaviour != other.Behaviour:
		return fmt.Sprintf("it is of another version of the model: behaviour %d, not %d", o.Behaviour, other.Behaviour)
	case o.Seed != other.Seed:
		return fmt.Sprintf("it has seed %d, not %d", o.Seed, other.Seed)
	}
	return ""
}

// otherStudy says why a record is of no part of a study.
type otherStudy string

func (o otherStudy) Error() string { return string(o) }

// all says it of all records of a file.
func (o otherStudy) all() string {
	s := strings.Replace(string(o), "it is", "all records are", 1)
	return strings.Replace(s, "it has", "all records have", 1)
}

// short returns the first digits of a digest.
func short(digest string) string { return digest[:min(8, len(digest))] }

// Record is one replication.
type Record struct {
	Origin
	Replication int                `json:"replication"`
	Metrics     map[string]float64 `json:"metrics"` // by dotted name
}

// Codec writes the replications of one origin as lines of JSON, and reads them.
type Codec struct {
	Origin  Origin
	metrics []model.Metric
	head    []byte   // a line up to the replication's number
	keys    [][]byte // the name of each metric, quoted, with what comes before and after
	index   map[string]int
}

// NewCodec returns a codec of records with values of the given metrics.
func NewCodec(o Origin, metrics []model.Metric) *Codec {
	head, err := json.Marshal(o)
	if err != nil {
		panic(err) // texts and numbers
	}
	c := &Codec{Origin: o, metrics: metrics, index: map[string]int{}}
	c.head = append(head[:len(head)-1], `,"replication":`...)
	before := `,"metrics":{`
	for i, m := range metrics {
		name, _ := json.Marshal(m.Name)
		c.keys = append(c.keys, []byte(before+string(name)+":"))
		c.index[m.Name] = i
		before = ","
	}
	if len(metrics) == 0 {
		c.keys = [][]byte{[]byte(before)}
	}
	return c
}

// Append appends a replication to b, as a line. The values are those of the
// metrics, finite and in their order; they are read back to the last bit.
func (c *Codec) Append(b []byte, replication int, values []float64) []byte {
	b = append(b, c.head...)
	b = strconv.AppendInt(b, int64(replication), 10)
	for i, x := range values {
		b = append(b, c.keys[i]...)
		b = strconv.AppendFloat(b, x, 'g', -1, 64)
	}
	if len(values) == 0 {
		b = append(b, c.keys[0]...)
	}
	return append(b, '}', '}', '\n')
}

// Replication returns the number of the replication of a line. Of a line that
// this codec wrote only as much is read as is needed for that.
func (c *Codec) Replication(line []byte) (int, error) {
	n, rest, ok := c.own(line)
	if ok && bytes.HasSuffix(rest, []byte("}}")) && bytes.Count(rest, []byte("{")) == 1 { // not two lines that were joined
		return n, nil
	}
	r, err := ParseRecord(line)
	if err != nil {
		return 0, err
	}
	if difference := r.differs(c.Origin); difference != "" {
		return 0, otherStudy(difference)
	}
	return r.Replication, nil
}

// began reports whether a line, which was cut off, begins as a record that this
// codec writes, or as another line of the same file.
func (c *Codec) began(line, other []byte) bool {
	number := []byte(`,"replication":`)
	for _, head := range [][]byte{c.head, other} {
		if at := bytes.LastIndex(head, number); at >= 0 {
			head = head[:at+len(number)]
			if n := min(len(head), len(line)); string(line[:n]) == string(head[:n]) {
				return true
			}
		}
	}
	return false
}

// own reads a line that begins as this codec writes it, up to the metrics.
func (c *Codec) own(line []byte) (replication int, rest []byte, ok bool) {
	if len(line) <= len(c.head) || string(line[:len(c.head)]) != string(c.head) {
		return 0, nil, false
	}
	rest = line[len(c.head):]
	digits := 0
	for digits < len(rest) && digits < 18 && rest[digits] >= '0' && rest[digits] <= '9' {
		replication = 10*replication + int(rest[digits]-'0')
		digits++
	}
	return replication, rest[digits:], digits > 0 && replication < MostReplications
}

// Values reads the values of a line into a slice with one element for each
// metric, and returns the replication's number.
func (c *Codec) Values(line []byte, into []float64) (int, error) {
	if n, rest, ok := c.own(line); ok && c.ownValues(rest, into) {
		return n, lawful(c.metrics, into)
	}
	r, err := ParseRecord(line)
	if err != nil {
		return 0, err
	}
	if difference := r.differs(c.Origin); difference != "" {
		return 0, errors.New(difference)
	}
	for i, m := range c.metrics {
		x, ok := r.Metrics[m.Name]
		if !ok {
			return 0, fmt.Errorf("the metric %s is missing", m.Name)
		}
		into[i] = x
	}
	for name := range r.Metrics {
		if _, ok := c.index[name]; !ok {
			return 0, fmt.Errorf("the scenario has no metric %s", name)
		}
	}
	return r.Replication, lawful(c.metrics, into)
}

// ownValues reads values as this codec writes them, and reports whether they
// are so.
func (c *Codec) ownValues(rest []byte, into []float64) bool {
	for i := range into {
		key := c.keys[i]
		if len(rest) < len(key) || string(rest[:len(key)]) != string(key) {
			return false
		}
		rest = rest[len(key):]
		end := slices.IndexFunc(rest, func(b byte) bool { return b == ',' || b == '}' })
		if end <= 0 || end > 32 {
			return false
		}
		x, err := strconv.ParseFloat(string(rest[:end]), 64)
		if err != nil || rest[0] == '+' || rest[0] == '.' {
			return false
		}
		into[i] = x
		rest = rest[end:]
	}
	return string(rest) == "}}"
}

// ParseRecord reads a line, of any origin.
func ParseRecord(line []byte) (*Record, error) {
	r := &Record{Replication: -1}
	if err := json.Unmarshal(line, r); err != nil {
		if d := json.NewDecoder(bytes.NewReader(line)); d.Decode(&Record{}) == nil && d.InputOffset() < int64(len(line)) {
			return nil, fmt.Errorf("want one record to a line, and after it there is %q", Shorten(string(line[d.InputOffset():])))
		}
		return nil, fmt.Errorf("want a record, not %q", Shorten(string(line)))
	}
	if r.Digest == "" || r.Replication < 0 || r.Replication >= MostReplications || r.Metrics == nil {
		return nil, fmt.Errorf("want a record with digest, replication and metrics, not %q", Shorten(string(line)))
	}
	return r, nil
}

// Shorten returns the beginning of a text, for a message.
func Shorten(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
