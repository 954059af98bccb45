package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// watched is a writer that remembers its first error, so that none is lost by
// those who print line by line.
type watched struct {
	io.Writer
	err error
}

func (w *watched) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if w.err == nil {
		w.err = err
	}
	return n, err
}

// atomically writes a file beside its final place and moves it there, so that
// there is either the old file or the whole new one.
func atomically(path, shown string, write func(io.Writer) error) (err error) {
	info, statErr := os.Stat(path)
	switch {
	case statErr == nil && info.IsDir():
		return usage("cannot write %s: it is a folder; name a file in it", shown)
	case statErr == nil && !info.Mode().IsRegular():
		return through(path, shown, write)
	}
	if target, linkErr := filepath.EvalSymlinks(path); linkErr == nil {
		path = target // the file that a link leads to is replaced, not the link
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".rubric-*")
	if errors.Is(err, fs.ErrNotExist) {
		return usage("cannot write %s: there is no folder %s", shown, filepath.Dir(shown))
	}
	if err != nil {
		return usage("cannot write %s: %v", shown, unwrapped(err))
	}
	release := onInterrupt(func() { os.Remove(f.Name()) })
	defer func() {
		release()
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return usage("cannot write %s: %v", shown, unwrapped(err))
	}
	mode := os.FileMode(0o644)
	if statErr == nil {
		mode = info.Mode().Perm()
	}
	if err = f.Chmod(mode); err != nil {
		return usage("cannot write %s: %v", shown, unwrapped(err))
	}
	if err = f.Close(); err != nil {
		return usage("cannot write %s: %v", shown, unwrapped(err))
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return usage("cannot write %s: %v", shown, unwrapped(err))
	}
	return nil
}

// through writes to what is no file and cannot be replaced by one: a device, a pipe.
func through(path, shown string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return usage("cannot write %s: %v", shown, unwrapped(err))
	}
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return usage("cannot write %s: %v", shown, unwrapped(err))
	}
	return nil
}

// onInterrupt cleans up when the run is interrupted, and ends it then. The
// function that it returns takes that back.
func onInterrupt(clean func()) (release func()) {
	signals, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
			clean()
			os.Exit(130)
		case <-done:
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// stopwatch takes the times that --stats prints.
type stopwatch struct {
	last  time.Time
	spent map[string]time.Duration
}

// start begins the first lap.
func (s *stopwatch) start() { s.last, s.spent = time.Now(), map[string]time.Duration{} }

// lap adds the time since the last lap to a phase.
func (s *stopwatch) lap(phase string) {
	if s.spent == nil {
		return
	}
	now := time.Now()
	s.spent[phase] += now.Sub(s.last)
	s.last = now
}

// print writes the times, a line each, and the peak memory of the process.
// Reading and checking the document belongs to compile.
func (s *stopwatch) print(w io.Writer) {
	for _, phase := range []string{"load", "compile", "evaluate", "write"} {
		fmt.Fprintf(w, "%s %s\n", phase, duration(s.spent[phase]))
	}
	fmt.Fprintf(w, "peak %dMiB\n", peakMemory()>>20)
}

func duration(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.1fms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.2fs", d.Seconds())
}

// peakMemory is the most memory that the process had, in bytes.
func peakMemory() uint64 {
	if data, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(data)) {
			var kib uint64
			if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kib); n == 1 {
				return kib << 10
			}
		}
	}
	return residentPeak()
}
