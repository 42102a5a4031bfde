package study

import "strings"

// DesignsOf returns a scenario that is open as it is, and with each option of its
// file.
func DesignsOf(base *Subject) ([]*Option, error) {
	list := []*Option{{Design: Design{Name: "base", Subject: base}, Label: "as it is"}}
	for _, name := range base.Tree.Names("option") {
		o, err := base.design(name, base.Settings)
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, nil
}

// AllOptions returns a scenario with all options of its file at once. The error
// says why they cannot be had together.
func AllOptions(base *Subject) (*Option, error) {
	o, err := base.design(strings.Join(base.Tree.Names("option"), "+"), base.Settings)
	if err == nil {
		o.Label = "all of them together"
	}
	return o, err
}
