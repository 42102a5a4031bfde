package scenarios

import (
	"maps"
	"slices"

	"oxysim/scenarios/source"
)

// references finds what is called by a name that nothing has, in a file that was
// decoded with problems, so that these are told beside them. It holds of a kind
// only if all things of it are in the file.
func references(tree *source.Tree, f *File) source.Problems {
	for kind, n := range map[string]int{
		"plant": len(f.Plant), "vendor": len(f.Vendor), "hospital": len(f.Hospital), "junction": len(f.Junction),
	} {
		if len(tree.Names(kind)) != n {
			return nil
		}
	}
	b := &builder{tree: tree, file: f}
	b.name()
	for _, name := range slices.Sorted(maps.Keys(f.Road)) {
		b.find(&b.places, "road."+name+".from", f.Road[name].From)
		b.find(&b.places, "road."+name+".to", f.Road[name].To)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Truck)) {
		b.find(&b.places, "truck."+name+".home", f.Truck[name].Home)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Hospital)) {
		if s := f.Hospital[name].Supply; s != nil {
			b.find(&b.plants, "hospital."+name+".supply.from", s.From)
		}
	}
	return b.problems
}
