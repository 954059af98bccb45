package layout_test

import (
	"fmt"

	"rubric/spec/layout"
	"rubric/spec/source"
)

func ExampleFormat() {
	text, findings, err := layout.Format(source.NewFile("methodology.yaml", []byte(`
columns:
    gdp: { title: Gross domestic product,measure: 100m CNY }  # of the year
    debt:   {title: Debt,   measure: 100m CNY}
`)))
	fmt.Print(string(text), findings, err)
	// Output:
	// columns:
	//   gdp:  {title: Gross domestic product, measure: 100m CNY}  # of the year
	//   debt: {title: Debt,                   measure: 100m CNY}
	// [] <nil>
}
