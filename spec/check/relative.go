package check

import (
	"path"
	"strings"
)

// relative are the files by their names from the document's own folder: what is
// inherited stands beside another document.
func (m *Methodology) relative() Files {
	f := m.Files
	name := m.Relative
	names := func(list []string) (out []string) {
		for _, n := range list {
			out = append(out, name(n))
		}
		return out
	}
	out := f
	out.Units, out.Corrections, out.Deviations = name(f.Units), name(f.Corrections), name(f.Deviations)
	out.Data, out.Given, out.Status = names(f.Data), names(f.Given), names(f.Status)
	out.Sources, out.Shapes = map[string][]string{}, map[string]Shape{}
	for n, x := range f.Sources {
		out.Sources[name(n)] = x
	}
	for n, x := range f.Shapes {
		out.Shapes[name(n)] = x
	}
	out.Published = nil
	for _, p := range f.Published {
		p.File = name(p.File)
		out.Published = append(out.Published, p)
	}
	return out
}

// Relative is a file's name from the document's own folder; what is inherited
// stands beside another document.
func (m *Methodology) Relative(name string) string {
	at, ok := m.Files.Places[name]
	if !ok {
		return name
	}
	return Between(m.Document.Name, path.Join(path.Dir(at.File), name))
}

// Between is a file's name from the folder of another one.
func Between(document, name string) string {
	here := path.Dir(document)
	if here == "." {
		return path.Clean(name)
	}
	up := ""
	for dir := here; ; dir, up = path.Dir(dir), up+"../" {
		if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
			return up + rest
		}
		if dir == "." || dir == "/" {
			return up + name
		}
	}
}
