//go:build !unix

package cli

import "runtime"

// residentPeak is what the Go runtime has taken from the system.
func residentPeak() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}
