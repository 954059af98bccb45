package cli

import (
	"runtime"
	"runtime/debug"
)

// startLarge lets the heap grow to eight times the least that the runtime collects
// at, some 32 MB, before garbage is collected for the first time. Reading a document
// makes less than that, and most runs end before there is anything worth collecting.
// From the first collection on it is as it was, or as GOGC says.
func startLarge() {
	usual := debug.SetGCPercent(100)
	if usual != 100 {
		debug.SetGCPercent(usual)
		return
	}
	debug.SetGCPercent(800)
	runtime.AddCleanup(new([16]byte), func(percent int) { debug.SetGCPercent(percent) }, usual)
}
