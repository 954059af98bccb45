// Command oracle is the 2025 report's method once more, as plain as it can be
// said: no code of this project, no methodology document, every comparison
// counted one by one. The command rubric has to agree with it at every node.
//
//	go run ./testdata/oracle generate SEED UNITS > data.csv   # synthetic raw data
//	go run ./testdata/oracle score data.csv                   # every node of every unit
//	go run ./testdata/oracle seek UNITS TOTAL...              # the first seed whose index has all these totals
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	err := run(os.Args[1:], out)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

func run(args []string, out *bufio.Writer) error {
	switch {
	case len(args) == 3 && args[0] == "generate":
		numbers, err := integers(args[1:])
		if err != nil {
			return err
		}
		return generate(out, numbers[0], numbers[1])
	case len(args) == 2 && args[0] == "score":
		file, err := os.Open(args[1])
		if err != nil {
			return err
		}
		defer file.Close()
		s, err := read(file)
		if err != nil {
			return fmt.Errorf("%s: %w", args[1], err)
		}
		return s.score().write(out)
	case len(args) > 2 && args[0] == "seek":
		numbers, err := integers(args[1:])
		if err != nil {
			return err
		}
		seed, err := seek(numbers[0], numbers[1:])
		fmt.Fprintln(out, seed)
		return err
	}
	return errors.New("it is called as generate SEED UNITS, score FILE, or seek UNITS TOTAL... with one total or more")
}

func integers(args []string) ([]int, error) {
	var out []int
	for _, a := range args {
		n, err := strconv.Atoi(a)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// seek tries one seed after another until the index has all the totals: only
// few data sets have a unit right on the edge of every band.
func seek(units int, totals []int) (int, error) {
	for seed := 1; ; seed++ {
		var data bytes.Buffer
		if err := generate(&data, seed, units); err != nil {
			return 0, err
		}
		s, err := read(&data)
		if err != nil {
			return 0, err
		}
		s.score()
		all := true
		for _, t := range totals {
			all = all && slices.Contains(s.index, t)
		}
		if all {
			return seed, nil
		}
	}
}
