package stats

import (
	"cmp"
	"math"
	"slices"

	"rubric/engine/cell"
	"rubric/engine/numeric"
)

// Component is a principal component of the children of a node.
type Component struct {
	Eigenvalue float64   `json:"eigenvalue"`
	Share      float64   `json:"share"`    // of the variance
	Loadings   []float64 `json:"loadings"` // of the children, in their order
}

// components are the principal components of the scores, centred and scaled: the
// eigenvectors of their correlation matrix, the largest eigenvalue first. They rest
// on the units that have every score; there are none where these are fewer than
// three, or a child has no spread among them. A vector and its opposite are the
// same component: the loading that is largest in size is positive.
//
// Source: Jolliffe, Principal Component Analysis, 2002; OECD and JRC, Handbook on
// Constructing Composite Indicators, 2008, step 4; R's prcomp, which COINr uses.
//
// By hand, two children with the correlation r = 0.6: eigenvalues 1.6 and 0.4, 80 % and 20 % of the variance; loadings of
// the first are both 1/√2 = 0.707.
func components(scores []cell.Vector) (out []Component, complete int) {
	k := len(scores)
	columns := make([][]float64, k)
	for i := range scores[0].Values {
		if slices.ContainsFunc(scores, func(v cell.Vector) bool { return !v.Valid.Get(i) }) {
			continue
		}
		complete++
		for c, v := range scores {
			columns[c] = append(columns[c], v.Values[i])
		}
	}
	out = []Component{}
	if complete < 3 {
		return out, complete
	}
	matrix := make([][]float64, k)
	for i := range matrix {
		matrix[i] = make([]float64, k)
		matrix[i][i] = 1
		for j := range i {
			x, y := vector(columns[i]), vector(columns[j])
			r := pearson(both(x, y))
			if r == nil {
				return []Component{}, complete
			}
			matrix[i][j], matrix[j][i] = *r, *r
		}
	}
	values, vectors := jacobi(matrix)
	by := make([]int, k)
	for i := range by {
		by[i] = i
	}
	slices.SortStableFunc(by, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	for _, at := range by {
		c := Component{Eigenvalue: max(values[at], 0), Share: max(values[at], 0) / float64(k)}
		largest := 0.0
		for i := range k {
			x := vectors[i][at]
			c.Loadings = append(c.Loadings, x)
			if math.Abs(x) > math.Abs(largest)+1e-12 { // of equally large ones the first decides
				largest = x
			}
		}
		if largest < 0 {
			for i := range c.Loadings {
				c.Loadings[i] = -c.Loadings[i]
			}
		}
		out = append(out, c)
	}
	return out, complete
}

func vector(x []float64) cell.Vector {
	v := cell.NewVector(len(x))
	for i, a := range x {
		v.Put(i, a)
	}
	return v
}

// jacobi is the eigenvalues of a symmetric matrix and, in columns, its
// eigenvectors: rotations take away the elements off the diagonal one by one, until
// all are negligible. It is slow for large matrices and exact for small ones.
//
// Source: Golub and Van Loan, Matrix Computations, 8.5.
func jacobi(a [][]float64) (values []float64, vectors [][]float64) {
	n := len(a)
	vectors = make([][]float64, n)
	for i := range vectors {
		vectors[i] = make([]float64, n)
		vectors[i][i] = 1
	}
	for range 100 { // sweeps; a handful is enough
		var squares []float64
		for i := range n {
			for j := range i {
				squares = append(squares, a[i][j]*a[i][j])
			}
		}
		if numeric.Sum(squares) < 1e-30 {
			break
		}
		for p := range n {
			for q := p + 1; q < n; q++ {
				rotate(a, vectors, p, q)
			}
		}
	}
	for i := range n {
		values = append(values, a[i][i])
	}
	return values, vectors
}

// rotate takes away the element (p, q).
func rotate(a, vectors [][]float64, p, q int) {
	if a[p][q] == 0 {
		return
	}
	theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
	t := 1 / (math.Abs(theta) + math.Sqrt(float64(theta*theta)+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(float64(t*t)+1)
	s := t * c
	for i := range a {
		x, y := a[i][p], a[i][q]
		a[i][p], a[i][q] = float64(c*x)-float64(s*y), float64(s*x)+float64(c*y)
	}
	for i := range a {
		x, y := a[p][i], a[q][i]
		a[p][i], a[q][i] = float64(c*x)-float64(s*y), float64(s*x)+float64(c*y)
	}
	for i := range vectors {
		x, y := vectors[i][p], vectors[i][q]
		vectors[i][p], vectors[i][q] = float64(c*x)-float64(s*y), float64(s*x)+float64(c*y)
	}
}
