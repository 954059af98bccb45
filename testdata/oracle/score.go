package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
)

// sheet is a data set, and what was made of it.
type sheet struct {
	column map[string]int // header → column
	rows   [][]string
	index  []int
	nodes  []node // in the framework's order, each before what it is made of
}

// node is one node's figures, by unit.
type node struct {
	path, level                      string
	value, score, rank, band, status []string
}

func read(r io.Reader) (*sheet, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	s := &sheet{column: map[string]int{}, rows: rows[1:]}
	for i, header := range rows[0] {
		s.column[header] = i
	}
	return s, nil
}

func (s *sheet) cell(row int, header string) string {
	at, ok := s.column[header]
	if !ok {
		panic("no column " + header)
	}
	return s.rows[row][at]
}

// figures computes an indicator for every unit. A unit without one of the cells
// is missing; one whose cells make no number (a division by zero) is invalid.
func (s *sheet) figures(f figure) (figures []float64, status []string) {
	for row := range s.rows {
		state := "measured"
		x := f(func(header string) float64 {
			text := s.cell(row, header)
			if text == "" {
				state = "missing"
				return 0
			}
			x, err := strconv.ParseFloat(text, 64)
			if err != nil {
				panic(err)
			}
			return x
		})
		if state == "measured" && (math.IsInf(x, 0) || math.IsNaN(x)) {
			state = "invalid"
		}
		figures, status = append(figures, x), append(status, state)
	}
	return figures, status
}

// points gives the best of all units as many points as there are units, and the
// last 1. Tied units have the points of the best place that they share (high) or
// of the worst (low). Whoever has no figure has 1, and is worse than the others.
func points(figures []float64, there []bool, better, tied string) []int {
	beats := func(x, y float64) bool {
		switch better {
		case "lower":
			return x < y
		case "nearer":
			return math.Abs(x) < math.Abs(y)
		}
		return x > y
	}
	out := make([]int, len(figures))
	for i := range figures {
		ahead, behind := 0, 0
		for k := range figures {
			if there[k] && beats(figures[k], figures[i]) {
				ahead++
			}
			if !there[k] || beats(figures[i], figures[k]) {
				behind++
			}
		}
		switch {
		case !there[i]:
			out[i] = 1
		case tied == "low":
			out[i] = 1 + behind
		default:
			out[i] = len(figures) - ahead
		}
	}
	return out
}

func (s *sheet) score() *sheet {
	units := len(s.rows)
	root := s.add("index", "index")
	s.index = make([]int, units)
	for _, d := range framework {
		at := s.add(d.id, "dimension")
		total := make([]int, units)
		for _, v := range d.variables {
			plus(total, s.variable(d.id+"/"+v.id, v))
		}
		s.ranked(at, total)
		plus(s.index, total)
	}
	s.ranked(root, s.index)
	for row, total := range s.index {
		switch {
		case total > 2400:
			s.nodes[root].band[row] = "first_tier"
		case total >= 2000:
			s.nodes[root].band[row] = "second_tier"
		case total >= 1500:
			s.nodes[root].band[row] = "third_tier"
		}
	}
	return s
}

// variable scores a variable's indicators, and the variable by them.
func (s *sheet) variable(path string, v variable) []int {
	units := len(s.rows)
	at := s.add(path, "variable")
	sum := make([]int, units)
	for _, i := range v.indicators {
		plus(sum, s.indicator(path+"/"+i.id, i))
	}
	out := sum
	if len(v.indicators) > 1 {
		figures, there := make([]float64, units), make([]bool, units)
		for row := range sum {
			figures[row], there[row] = float64(sum[row]), true
		}
		out = points(figures, there, "higher", v.tied)
	}
	for row := range sum {
		s.fill(at, row, strconv.Itoa(sum[row]), out[row], "computed")
	}
	return out
}

func (s *sheet) indicator(path string, i indicator) []int {
	at := s.add(path, "indicator")
	if i.better == "judged" {
		out := make([]int, len(s.rows))
		for row := range s.rows {
			level := s.cell(row, positioning)
			worth, ok := judged[level]
			if !ok {
				panic("no level " + level)
			}
			out[row] = worth
			s.fill(at, row, level, worth, "measured")
		}
		return out
	}
	figures, status := s.figures(i.figure)
	there := make([]bool, len(figures))
	for row := range status {
		there[row] = status[row] == "measured"
	}
	out := points(figures, there, i.better, "high")
	for row, x := range figures {
		value := ""
		if there[row] {
			value = strconv.FormatFloat(x, 'f', -1, 64)
		}
		s.fill(at, row, value, out[row], status[row])
	}
	return out
}

// ranked ends a node that is a plain sum: its rank is one more than the number
// of units with a higher sum.
func (s *sheet) ranked(at int, total []int) {
	for row, x := range total {
		ahead := 0
		for _, y := range total {
			if y > x {
				ahead++
			}
		}
		s.fill(at, row, strconv.Itoa(x), x, "computed")
		s.nodes[at].rank[row] = strconv.Itoa(ahead + 1)
	}
}

func plus(total, more []int) {
	for i := range total {
		total[i] += more[i]
	}
}

// add begins a node with empty figures.
func (s *sheet) add(path, level string) int {
	empty := func() []string { return make([]string, len(s.rows)) }
	s.nodes = append(s.nodes, node{path, level, empty(), empty(), empty(), empty(), empty()})
	return len(s.nodes) - 1
}

func (s *sheet) fill(at, row int, value string, score int, status string) {
	n := s.nodes[at]
	n.value[row], n.score[row], n.status[row] = value, strconv.Itoa(score), status
}

// write writes what `rubric score --format csv` writes, but for the notes.
func (s *sheet) write(w io.Writer) error {
	fmt.Fprintln(w, "unit,period,node,level,value,score,rank,band,status,note")
	for row := range s.rows {
		for _, n := range s.nodes {
			_, err := fmt.Fprintf(w, "%s,,%s,%s,%s,%s,%s,%s,%s,\n",
				s.cell(row, "city"), n.path, n.level, n.value[row], n.score[row], n.rank[row], n.band[row], n.status[row])
			if err != nil {
				return err
			}
		}
	}
	return nil
}
