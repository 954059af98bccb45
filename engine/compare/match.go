package compare

import "rubric/engine"

// rows is a unit, at a period, on both sides; -1: it is not there.
type rows struct{ old, now int }

// matched pairs the rows of two results, each at most once: units of one id, then those
// that one side knows by a name or an alias of the other's. Where each side has one
// period, these are one, whatever they are called; a side without periods is at none of
// several.
func matched(old, now *engine.Result) []rows {
	var (
		before, after = old.Data.Periods(), now.Data.Periods()
		one           = len(before) <= 1 && len(after) <= 1
		apart         = !one && (len(before) == 0 || len(after) == 0)
		seen          = map[int]bool{}
		out           = make([]rows, now.Data.Rows(), now.Data.Rows()+old.Data.Rows())
	)
	period := func(of string, there []string) string {
		if one && len(there) == 1 {
			return there[0]
		}
		return of
	}
	pair := func(i, k int) {
		if k >= 0 && !seen[k] && out[i].old < 0 {
			out[i].old, seen[k] = k, true
		}
	}
	for i := range out {
		out[i] = rows{-1, i}
	}
	for _, exact := range []bool{true, false} {
		for i := range out {
			if apart || out[i].old >= 0 {
				continue
			}
			id := now.Data.ID(i)
			if k, ok := old.Data.Row(id, period(now.Data.Period(i), before)); ok && (!exact || old.Data.ID(k) == id) {
				pair(i, k)
			}
		}
	}
	for k := range old.Data.Rows() {
		if apart || seen[k] {
			continue
		}
		if i, ok := now.Data.Row(old.Data.ID(k), period(old.Data.Period(k), after)); ok {
			pair(i, k)
		}
	}
	for k := range old.Data.Rows() {
		if !seen[k] {
			out = append(out, rows{k, -1})
		}
	}
	return out
}
