package stock

import (
	"crypto/sha256"
	"encoding/hex"

	"oxysim/scenarios"
)

// Count is what was counted: a table that has been read, and not yet understood.
// It can be understood of one scenario after another.
type Count struct {
	File   string
	Digest string // SHA-256 of its bytes, in hex
	rows   []row
}

// Read reads a count, CSV or XLSX. If there is a problem, the Count is nil.
func Read(name string, data []byte) (*Count, scenarios.Problems) {
	cells, problem := table(name, data)
	if problem != nil {
		return nil, scenarios.Problems{problem}
	}
	rows, problems := rowsOf(name, cells)
	if len(problems) > 0 {
		return nil, problems
	}
	sum := sha256.Sum256(data)
	return &Count{File: name, Digest: hex.EncodeToString(sum[:]), rows: rows}, nil
}
