package study

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
