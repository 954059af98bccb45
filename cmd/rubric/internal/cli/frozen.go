package cli

import (
	"os"
	"path/filepath"

	"rubric/spec/lock"
	"rubric/spec/source"
)

// isFrozen says whether a lock holds a file: that of its own edition or, because what
// an edition extends is frozen with it, that of another edition of the index or of
// the project. What is in a lock was read before is known.
func (a *app) isFrozen(name string, known map[string]map[string]bool) bool {
	full := a.real(name)
	own := filepath.Dir(full)
	folders := append([]string{own}, within(filepath.Dir(own))...)
	for _, index := range within(filepath.Dir(a.real(filepath.Join(a.settings.text("methodologies"), documentName)))) {
		folders = append(folders, within(index)...)
	}
	for _, folder := range folders {
		if known[folder] == nil {
			known[folder] = locked(folder)
		}
		if known[folder][full] || known[folder][folder] && own == folder {
			return true
		}
	}
	return false
}

// locked are the full names of the files that the lock of a folder holds. One that
// cannot be read holds the whole folder, which is then itself in the answer.
func locked(folder string) map[string]bool {
	out := map[string]bool{}
	name := filepath.Join(folder, lock.Name)
	data, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return out
	}
	var l *lock.Lock
	if err == nil {
		l, _ = lock.Load(source.NewFile(name, data))
	}
	if l == nil {
		out[folder] = true
		return out
	}
	for _, f := range l.Files {
		out[filepath.Join(folder, filepath.FromSlash(f.Name))] = true
	}
	return out
}

// within are the folders of a folder.
func within(folder string) (out []string) {
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, filepath.Join(folder, e.Name()))
		}
	}
	return out
}
