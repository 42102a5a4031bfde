package report

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"oxysim/model"
)

// replicationColumn is the column of the number of a replication, beside the
// metrics.
const replicationColumn = "replication"

// parquet writes a row for each replication, with a column for each metric.
// What it is of stands in the metadata of the file, and what a column is in JSON
// there, under oxysim.metrics.
func (r *Results) parquet() ([]byte, error) {
	metrics := r.metrics()
	type description struct {
		Name    string `json:"name"`
		Unit    string `json:"unit"`
		Meaning string `json:"meaning"`
	}
	var about []description
	for _, m := range metrics {
		about = append(about, description{m.Name, m.Unit, m.Meaning})
	}
	described, err := json.Marshal(about)
	if err != nil {
		return nil, err
	}
	o := r.Answer.Origin
	var b bytes.Buffer
	w := parquet.NewWriter(&b, runsSchema(metrics),
		parquet.Compression(&parquet.Zstd),
		parquet.CreatedBy("oxysim", r.Made.Program, r.Made.Revision),
		parquet.DataPageStatistics(false),
		parquet.KeyValueMetadata("oxysim.scenario", r.Subject.Name),
		parquet.KeyValueMetadata("oxysim.digest", o.Digest),
		parquet.KeyValueMetadata("oxysim.behaviour", strconv.Itoa(o.Behaviour)),
		parquet.KeyValueMetadata("oxysim.seed", strconv.FormatUint(o.Seed, 10)),
		parquet.KeyValueMetadata("oxysim.replications", strconv.Itoa(r.Answer.N)),
		parquet.KeyValueMetadata("oxysim.metrics", string(described)),
	)
	rows := make([]parquet.Row, 0, parquetBatch)
	for i, values := range r.Values {
		row := make(parquet.Row, 0, 1+len(values))
		row = append(row, parquet.Int64Value(int64(r.Answer.First+i)).Level(0, 0, 0))
		for j, x := range values {
			row = append(row, parquet.DoubleValue(x).Level(0, 0, 1+j))
		}
		if rows = append(rows, row); len(rows) == parquetBatch || i == len(r.Values)-1 {
			if _, err := w.WriteRows(rows); err != nil {
				return nil, err
			}
			rows = rows[:0]
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// parquetBatch is how many rows are handed over at once.
const parquetBatch = 100

// runsSchema returns the schema: columns in the order of the metrics.
func runsSchema(metrics []model.Metric) *parquet.Schema {
	group := parquet.Group{replicationColumn: parquet.Int(64)}
	names := []string{replicationColumn}
	for _, m := range metrics {
		group[m.Name] = parquet.Encoded(parquet.Leaf(parquet.DoubleType), &parquet.RLEDictionary)
		names = append(names, m.Name)
	}
	return parquet.NewSchema("replication", inOrder{group, names})
}

// inOrder is a group whose fields have an order of their own; the library's
// groups have that of the alphabet.
type inOrder struct {
	parquet.Group
	names []string
}

// Fields returns the fields in their order.
func (g inOrder) Fields() []parquet.Field {
	byName := map[string]parquet.Field{}
	for _, f := range g.Group.Fields() {
		byName[f.Name()] = f
	}
	list := make([]parquet.Field, len(g.names))
	for i, n := range g.names {
		list[i] = byName[n]
	}
	return list
}

// GoType returns a struct of which nobody makes a value.
func (g inOrder) GoType() reflect.Type { return g.Group.GoType() }
