package dataset

import (
	"slices"
	"strconv"
)

// Periods lists the periods in the order of time; nil where the data have none.
func (d *Dataset) Periods() []string { return d.periods }

// Period is the period of a row; empty where the data have none.
func (d *Dataset) Period(row int) string {
	if d.periods == nil {
		return ""
	}
	return d.periods[d.period[row]]
}

// Sections are the rows of each period, in the order of the data; nil where the
// data have none.
func (d *Dataset) Sections() [][]int {
	if d.periods == nil {
		return nil
	}
	out := make([][]int, len(d.periods))
	for row, p := range d.period {
		out[p] = append(out[p], row)
	}
	return slices.DeleteFunc(out, func(rows []int) bool { return len(rows) == 0 })
}

// Peers are the rows of a row's period, in the order of the data: all rows where
// there are no periods.
func (d *Dataset) Peers(row int) []int {
	var out []int
	for i := range d.size {
		if d.periods == nil || d.period[i] == d.period[row] {
			out = append(out, i)
		}
	}
	return out
}

// Of are the rows of one period, in the order of the data; all rows for "".
func (d *Dataset) Of(period string) []int {
	var out []int
	for i := range d.size {
		if period == "" || d.Period(i) == period {
			out = append(out, i)
		}
	}
	return out
}

// Series are the rows of each unit in the order of time, and when each row is:
// the number that a period is, or else its place among the periods.
func (d *Dataset) Series() (series [][]int, times []float64) {
	times = make([]float64, d.size)
	byTime := make([]int, 0, d.size)
	for _, rows := range d.Sections() {
		byTime = append(byTime, rows...)
	}
	numbers, numeric := numericPeriods(d.periods)
	at := map[string]int{}
	for _, row := range byTime {
		times[row] = float64(d.period[row])
		if numeric {
			times[row] = numbers[d.period[row]]
		}
		id := d.ID(row)
		k, ok := at[id]
		if !ok {
			k = len(series)
			at[id] = k
			series = append(series, nil)
		}
		series[k] = append(series[k], row)
	}
	return series, times
}

// numericPeriods are the periods as numbers, if all of them are.
func numericPeriods(periods []string) ([]float64, bool) {
	out := make([]float64, len(periods))
	for i, p := range periods {
		x, err := strconv.ParseFloat(p, 64)
		if err != nil {
			return nil, false
		}
		out[i] = x
	}
	return out, true
}

// inTime sorts periods: by number where all are numbers, else as texts, which
// is right for 2024-Q1 and 2024-03-01.
func inTime(periods []string) {
	numbers, numeric := numericPeriods(periods)
	if !numeric {
		slices.Sort(periods)
		return
	}
	by := map[string]float64{}
	for i, p := range periods {
		by[p] = numbers[i]
	}
	slices.SortFunc(periods, func(a, b string) int {
		switch {
		case by[a] < by[b]:
			return -1
		case by[a] > by[b]:
			return 1
		}
		return 0
	})
}
