//go:build unix

package cli

import (
	"runtime"
	"syscall"
)

// residentPeak is the most resident memory that the system counted.
func residentPeak() uint64 {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	if runtime.GOOS == "darwin" { // bytes there, KiB elsewhere
		return uint64(r.Maxrss)
	}
	return uint64(r.Maxrss) << 10
}
