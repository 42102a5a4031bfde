package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"oxysim/scenarios/quantity"
)

// Keys that are the reader's own.
const (
	keyExtends = "extends"
	keyTable   = "table"
	keySource  = "source"
)

// longestChain is the number of files of which each may extend the next.
const longestChain = 20

// Load reads a scenario file, the files it extends and the tables they name. A
// file that another extends is looked for beside it, and then asked of the
// resolvers, as the scenario itself is.
//
// The tree is never nil. If there are problems, it has what could be read.
func Load(fsys fs.FS, name string, ready ...Resolver) (*Tree, Problems) {
	t := &Tree{
		root: newTable(Place{File: name}, 0),
		csv:  map[*document]*sheet{},
		docs: map[string]*document{},
		main: newDocument(fsys, name, nil),
	}
	l := loader{tree: t, ready: ready}
	doc, err := l.open(fsys, strings.ReplaceAll(name, `\`, "/"), name)
	if err != nil {
		l.add(&Problem{Place: Place{File: name}, Message: cannotOpen(err)})
		return t, l.problems
	}
	t.main, t.root.key, t.root.at = doc, doc.whole(), doc.whole()
	l.file(doc, 0)
	return t, l.problems.tidy()
}

type loader struct {
	tree     *Tree
	ready    []Resolver
	chain    []*document // from the scenario itself to the file being read
	problems Problems
}

func (l *loader) add(p *Problem) { l.problems = append(l.problems, p) }

// open reads the file called file, or the ready-made scenario called name.
func (l *loader) open(fsys fs.FS, file, name string) (*document, error) {
	data, err := fs.ReadFile(fsys, file)
	for _, resolve := range l.ready {
		if err == nil {
			break
		}
		if ready, p, ok := resolve(name); ok {
			fsys, file = ready, p
			data, err = fs.ReadFile(fsys, file)
		}
	}
	if err != nil {
		return nil, err
	}
	l.tree.files = append(l.tree.files, file)
	doc := newDocument(fsys, file, data)
	l.tree.docs[file] = doc
	return doc, nil
}

// cannotOpen says why a file cannot be read.
func cannotOpen(err error) string {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return "no such file"
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return "cannot read the file: " + err.Error()
}

// file merges a document over the tree, after the one it extends.
func (l *loader) file(doc *document, depth int) {
	l.chain = append(l.chain, doc)
	defer func() { l.chain = l.chain[:depth] }()
	root, problem := doc.parse(0)
	if problem != nil {
		l.add(problem)
		return
	}
	if n := root.children[keyExtends]; n != nil {
		l.extends(doc, n, depth)
	}
	l.tree.layers++
	layer := l.tree.layers
	root.setLayer(layer)
	if n := root.children[keyTable]; n != nil {
		rows := newTable(doc.whole(), layer)
		l.tables(rows, n, nil, layer)
		l.tree.root.merge(rows)
	}
	if n := root.children[keySource]; n != nil {
		l.provenance(n, nil, layer)
	}
	for _, own := range []string{keyExtends, keyTable, keySource} {
		root.remove(own)
	}
	l.tree.root.merge(root)
}

func (n *node) remove(part string) {
	if _, ok := n.children[part]; !ok {
		return
	}
	delete(n.children, part)
	for i, k := range n.order {
		if k == part {
			n.order = append(n.order[:i:i], n.order[i+1:]...)
			break
		}
	}
}

func (n *node) setLayer(layer int) {
	n.layer = layer
	for _, c := range n.children {
		c.setLayer(layer)
	}
	for _, c := range n.items {
		c.setLayer(layer)
	}
}

// extends reads the file that doc extends.
func (l *loader) extends(doc *document, n *node, depth int) {
	bad := func(format string, args ...any) {
		l.add(&Problem{Place: n.at, Key: keyExtends, Message: fmt.Sprintf(format, args...)})
	}
	name, ok := n.value.(string)
	if !ok || name == "" {
		bad(`want the name of a file such as "base.toml", not %s`, n.name())
		return
	}
	base, err := l.open(doc.fsys, doc.beside(name), name)
	if err != nil {
		hint := ""
		if g := quantity.Guess(name, doc.neighbours(".toml")); g != "" {
			hint = fmt.Sprintf(" (did you mean %q?)", g)
		}
		bad("%s: %q%s", cannotOpen(err), name, hint)
		return
	}
	for i, d := range l.chain {
		if d.name == base.name && string(d.data) == string(base.data) {
			var names []string
			for _, c := range append(l.chain[i:len(l.chain):len(l.chain)], base) {
				names = append(names, c.name)
			}
			bad("a file cannot extend itself: %s", strings.Join(names, " extends "))
			return
		}
	}
	if depth+1 >= longestChain {
		bad("a chain of %d files is too long", longestChain)
		return
	}
	l.file(base, depth+1)
}

// neighbours returns the files beside a document whose names end in suffix.
func (d *document) neighbours(suffix string) []string {
	entries, err := fs.ReadDir(d.fsys, path.Dir(d.name))
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if n := e.Name(); strings.HasSuffix(n, suffix) && n != path.Base(d.name) {
			names = append(names, n)
		}
	}
	return names
}

// tables reads the CSV tables that n, the table at path in [table], names,
// and puts their rows into root.
func (l *loader) tables(root, n *node, path []string, layer int) {
	bad := func(n *node) {
		l.add(&Problem{Place: n.at, Key: joinKey(append([]string{keyTable}, path...)),
			Message: `want the name of a file such as "hospitals.csv", or a list of names, not ` + n.name()})
	}
	switch n.form {
	case table:
		for _, k := range n.order {
			l.tables(root, n.children[k], extend(path, k), layer)
		}
	case list:
		for _, item := range n.items {
			if item.form != leaf {
				bad(item)
				continue
			}
			l.tables(root, item, path, layer)
		}
	case leaf:
		name, ok := n.value.(string)
		if !ok || len(path) == 0 {
			bad(n)
			return
		}
		key := joinKey(append([]string{keyTable}, path...))
		s, problem := l.tree.sheet(n.doc, name)
		if problem != nil {
			if problem.Place == (Place{}) {
				problem.Place, problem.Key = n.at, key
			}
			l.add(problem)
			return
		}
		things := root.descend(path)
		if things == nil || things.form != table {
			things = newTable(n.key, layer)
			root.insert(path, things)
		}
		l.rows(things, s, path, layer)
	}
}
