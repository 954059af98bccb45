package house

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Layered drawing after K. Sugiyama, S. Tagawa and M. Toda, IEEE Transactions
// on Systems, Man, and Cybernetics 11, 1981: nodes in layers, long arrows cut
// at every layer by a bend, the order within layers chosen for few crossings,
// then places for short and straight arrows.

// spot is a node of the picture, or a bend of an arrow that passes a layer.
type spot struct {
	name     string // empty for a bend
	width    float64
	layer    int
	x        float64 // of its middle
	up, down []*spot
}

// layout is the layers from the top, each in order from left to right.
type layout struct {
	layers [][]*spot
	paths  map[[2]string][]*spot // the spots that an arrow runs through
}

const spotGap = 26

// arrange lays out an acyclic graph. Each node stands right below the lowest
// one that points at it.
func arrange(nodes []string, arrows [][2]string, width func(string) float64) layout {
	l := layout{paths: map[[2]string][]*spot{}}
	depth := depths(nodes, arrows)
	spots := map[string]*spot{}
	add := func(s *spot) *spot {
		for len(l.layers) <= s.layer {
			l.layers = append(l.layers, nil)
		}
		l.layers[s.layer] = append(l.layers[s.layer], s)
		return s
	}
	for _, n := range nodes {
		spots[n] = add(&spot{name: n, width: width(n), layer: depth[n]})
	}
	for _, a := range arrows {
		from, to := spots[a[0]], spots[a[1]]
		path := []*spot{from}
		for y := from.layer + 1; y < to.layer; y++ {
			path = append(path, add(&spot{width: 10, layer: y}))
		}
		path = append(path, to)
		for i := 1; i < len(path); i++ {
			path[i-1].down = append(path[i-1].down, path[i])
			path[i].up = append(path[i].up, path[i-1])
		}
		l.paths[a] = path
	}
	l.order()
	return l
}

// depths is the longest way to each node from one that nothing points at.
func depths(nodes []string, arrows [][2]string) map[string]int {
	depth := map[string]int{}
	for range nodes {
		for _, a := range arrows {
			depth[a[1]] = max(depth[a[1]], depth[a[0]]+1)
		}
	}
	return depth
}

// order looks for few crossings, and among as few for short arrows: it sweeps
// over the layers, putting each in the order of its neighbours' middles, and
// then swaps neighbours while that helps, from several beginnings.
func (l *layout) order() {
	random := rand.New(rand.NewPCG(1, 1))
	var best [][]*spot
	least, shortest := math.MaxInt, 0.0
	for range 60 {
		for _, layer := range l.layers {
			random.Shuffle(len(layer), func(i, j int) { layer[i], layer[j] = layer[j], layer[i] })
		}
		for sweep := range 12 {
			l.sweep(sweep%2 == 0)
		}
		for l.swap() {
		}
		c := l.crossings()
		if c > least {
			continue
		}
		l.place()
		// Lengths that differ by rounding alone are equal.
		if length := l.length(); c < least || length < shortest-1 {
			least, shortest, best = c, length, nil
			for _, layer := range l.layers {
				best = append(best, slices.Clone(layer))
			}
		}
	}
	l.layers = best
	l.place()
}

// length is how far arrows go sideways, and how wide it all is.
func (l *layout) length() float64 {
	sum := 0.0
	for _, layer := range l.layers {
		sum += layer[len(layer)-1].x
		for _, s := range layer {
			for _, d := range s.down {
				sum += math.Abs(s.x - d.x)
			}
		}
	}
	return sum
}

func indexes(layer []*spot) map[*spot]int {
	at := make(map[*spot]int, len(layer))
	for i, s := range layer {
		at[s] = i
	}
	return at
}

func (l *layout) sweep(downward bool) {
	for k := 1; k < len(l.layers); k++ {
		y, fixed := k, k-1
		if !downward {
			y, fixed = len(l.layers)-1-k, len(l.layers)-k
		}
		at := indexes(l.layers[fixed])
		middle := map[*spot]float64{}
		for i, s := range l.layers[y] {
			next := s.up
			if !downward {
				next = s.down
			}
			middle[s] = float64(i)
			if len(next) > 0 {
				sum := 0
				for _, n := range next {
					sum += at[n]
				}
				middle[s] = float64(sum) / float64(len(next))
			}
		}
		slices.SortStableFunc(l.layers[y], func(a, b *spot) int { return cmp.Compare(middle[a], middle[b]) })
	}
}

// swap exchanges neighbours where that leaves fewer crossings, and says whether
// it found any.
func (l *layout) swap() bool {
	found := false
	for y, layer := range l.layers {
		for i := 1; i < len(layer); i++ {
			before := l.around(y)
			layer[i-1], layer[i] = layer[i], layer[i-1]
			if l.around(y) < before {
				found = true
			} else {
				layer[i-1], layer[i] = layer[i], layer[i-1]
			}
		}
	}
	return found
}

// around counts the crossings above and below a layer.
func (l *layout) around(y int) int {
	n := 0
	if y > 0 {
		n += l.between(y - 1)
	}
	if y+1 < len(l.layers) {
		n += l.between(y)
	}
	return n
}

func (l *layout) crossings() int {
	n := 0
	for y := range len(l.layers) - 1 {
		n += l.between(y)
	}
	return n
}

func (l *layout) between(y int) int {
	at := indexes(l.layers[y+1])
	var ends []int
	n := 0
	for _, s := range l.layers[y] {
		for _, d := range s.down {
			for _, e := range ends {
				if e > at[d] {
					n++
				}
			}
		}
		for _, d := range s.down {
			ends = append(ends, at[d])
		}
	}
	return n
}

// place moves every spot towards the middle of its neighbours, as far as its
// own layer leaves room.
func (l *layout) place() {
	for _, layer := range l.layers {
		x := 0.0
		for _, s := range layer {
			s.x = x + s.width/2
			x += s.width + spotGap
		}
	}
	for round := range 200 {
		for k := range l.layers {
			y := k
			if round%2 == 1 {
				y = len(l.layers) - 1 - k
			}
			settle(l.layers[y])
		}
	}
	left := math.Inf(1)
	for _, layer := range l.layers {
		left = min(left, layer[0].x-layer[0].width/2)
	}
	for _, layer := range l.layers {
		for _, s := range layer {
			s.x = math.Round(s.x - left)
		}
	}
}

// settle puts the spots of a layer as near as possible to where they want to
// be, without changing their order: isotonic regression by pooling.
func settle(layer []*spot) {
	type pool struct{ sum, weight float64 }
	var pools []pool
	sizes := []int{}
	offset := 0.0
	offsets := make([]float64, len(layer))
	for i, s := range layer {
		if i > 0 {
			offset += layer[i-1].width/2 + spotGap + s.width/2
		}
		offsets[i] = offset
		want, weight := s.wish()
		pools = append(pools, pool{sum: (want - offset) * weight, weight: weight})
		sizes = append(sizes, 1)
		for n := len(pools); n > 1 && pools[n-2].sum/pools[n-2].weight > pools[n-1].sum/pools[n-1].weight; n = len(pools) {
			pools[n-2].sum += pools[n-1].sum
			pools[n-2].weight += pools[n-1].weight
			sizes[n-2] += sizes[n-1]
			pools, sizes = pools[:n-1], sizes[:n-1]
		}
	}
	i := 0
	for k, p := range pools {
		for range sizes[k] {
			layer[i].x = p.sum/p.weight + offsets[i]
			i++
		}
	}
}

// wish is where a spot wants to be, and how much: bends most, so that long
// arrows run straight.
func (s *spot) wish() (x, weight float64) {
	weight = 0
	for _, n := range slices.Concat(s.up, s.down) {
		w := 1.0
		if s.name == "" && n.name == "" {
			w = 8
		} else if s.name == "" || n.name == "" {
			w = 2
		}
		x += w * n.x
		weight += w
	}
	if weight == 0 {
		return s.x, 1
	}
	return x / weight, weight
}
