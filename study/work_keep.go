package study

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"math"
)

// keptWork is the rows of an interrupted question, as a file.
type keptWork struct {
	Kind   string      `json:"oxysim"` // keptKind
	Origin Origin      `json:"origin"`
	Count  int         `json:"count"` // rows
	Stages []keptStage `json:"stages"`
	Sum    string      `json:"sha256"` // in hex, of all this, with nothing here
}

// keptStage is the rows of a stage: numbers as the base64 of their bits, the
// lowest byte first, since some are infinite.
type keptStage struct {
	Name  string `json:"name"`
	First int    `json:"first"`
	Width int    `json:"width"`
	Rows  string `json:"rows"`
}

const keptKind = "interrupted question, version 1"

var errNoQuestion = errors.New("want what an interrupted question has left")

// sum returns the checksum.
func (c keptWork) sum() (string, error) {
	c.Sum = ""
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(c); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Save writes all rows, to the last bit.
func (k *Work) Save(w io.Writer) error {
	c := keptWork{Kind: keptKind, Origin: k.Subject.Origin(), Count: k.count}
	for _, name := range k.order {
		r := k.stages[name]
		b := make([]byte, 0, 8*len(r.values))
		for _, x := range r.values {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		}
		c.Stages = append(c.Stages, keptStage{name, r.first, r.width, base64.StdEncoding.EncodeToString(b)})
	}
	var err error
	if c.Sum, err = c.sum(); err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(c)
}

// Load takes the rows that Save wrote. It is an error if they are of another
// scenario, seed or version of the model; rows of other questions about it do
// no harm.
func (k *Work) Load(from io.Reader) error {
	var c keptWork
	if err := json.NewDecoder(from).Decode(&c); err != nil || c.Kind != keptKind {
		return errNoQuestion
	}
	if sum, err := c.sum(); err != nil || sum != c.Sum {
		return errDamaged
	}
	if difference := c.Origin.differs(k.Subject.Origin()); difference != "" {
		return errors.New(difference)
	}
	stages, order, count := map[string]*rows{}, []string(nil), 0
	for _, s := range c.Stages {
		b, err := base64.StdEncoding.DecodeString(s.Rows)
		if err != nil || s.Width <= 0 || s.First < 0 || len(b)%(8*s.Width) != 0 || stages[s.Name] != nil {
			return errDamaged
		}
		r := &rows{first: s.First, width: s.Width}
		for ; len(b) > 0; b = b[8:] {
			r.values = append(r.values, math.Float64frombits(binary.LittleEndian.Uint64(b)))
		}
		stages[s.Name] = r
		order = append(order, s.Name)
		count += r.count()
	}
	if count != c.Count {
		return errDamaged
	}
	k.stages, k.order, k.count = stages, order, count
	return nil
}

// Saved returns how many rows Save wrote, if they are of this subject.
func (k *Work) Saved(from io.Reader) (int, error) {
	other := NewWork(k.Subject)
	err := other.Load(from)
	return other.count, err
}
