package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// contentTypes is the part of a workbook that says of which type its others are.
const contentTypes = "[Content_Types].xml"

// inOneOrder writes a workbook anew, with its list of types in one order: the
// library's depends on chance if there are charts. The list means the same in any
// order, and comes first, as readers of a stream want it. Other parts are mended on
// the way, if mend returns for them how.
func inOneOrder(book []byte, mend func(name string) func([]byte) ([]byte, error)) ([]byte, error) {
	from, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return nil, err
	}
	files := slices.Clone(from.File)
	slices.SortStableFunc(files, func(a, b *zip.File) int {
		if first := (b.Name == contentTypes); first != (a.Name == contentTypes) {
			return map[bool]int{true: 1, false: -1}[first]
		}
		return strings.Compare(a.Name, b.Name)
	})
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range files {
		change := mend(f.Name)
		if f.Name == contentTypes {
			change = sortTypes
		}
		if change == nil {
			if err := to.Copy(f); err != nil {
				return nil, err
			}
			continue
		}
		content, err := readPart(f)
		if err != nil {
			return nil, err
		}
		w, err := to.Create(f.Name)
		if err != nil {
			return nil, err
		}
		if content, err = change(content); err != nil {
			return nil, err
		}
		if _, err := w.Write(content); err != nil {
			return nil, err
		}
	}
	err = to.Close()
	return out.Bytes(), err
}

func readPart(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(r)
	if closed := r.Close(); err == nil {
		err = closed
	}
	return content, err
}

// sortTypes sorts the list of types.
func sortTypes(content []byte) ([]byte, error) {
	type entry struct {
		Extension   string `xml:"Extension,attr,omitempty"`
		PartName    string `xml:"PartName,attr,omitempty"`
		ContentType string `xml:"ContentType,attr"`
	}
	var list struct {
		XMLName  xml.Name `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
		Default  []entry  `xml:"Default"`
		Override []entry  `xml:"Override"`
	}
	if err := xml.Unmarshal(content, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", contentTypes, err)
	}
	byName := func(a, b entry) int { return strings.Compare(a.Extension+a.PartName, b.Extension+b.PartName) }
	slices.SortFunc(list.Default, byName)
	slices.SortFunc(list.Override, byName)
	body, err := xml.Marshal(list)
	return append([]byte(xml.Header), body...), err
}
