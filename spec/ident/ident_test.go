package ident

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSnake(t *testing.T) {
	for code, want := range map[string]string{
		"Goods": "goods", "P2P": "p2p", "LPI": "lpi", "CostImpEx": "cost_imp_ex", "TBTs": "tbts", "Group_GDP": "group_gdp", "a.b..c": "a_b_c",
		"x1Y": "x1y", "ÉcoleA": "cole_a", "经济": "code", ".x": "x", "2020": "c_2020", "": "code", "iCO2": "i_co2", "end.": "end",
	} {
		assert.Equal(t, want, Snake(code), code)
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Sustainable Connectivity": "sustainable-connectivity", "ASEM (2018)": "asem-2018", "经济": "index", "2020 Index": "c-2020-index",
		strings.Repeat("Long ", 30): "long-long-long-long-long-long-long-long-long-long-long-long",
	} {
		assert.Equal(t, want, Slug(title), title)
	}
}

func TestUnused(t *testing.T) {
	given := map[string]string{"gdp": "GDP", "gdp_2": "gdp"}
	assert.Equal(t, "gdp_3", Unused("gdp", given))
	assert.Equal(t, "debt", Unused("debt", given))
	assert.Equal(t, "index_code", Unused("index", given))
}
