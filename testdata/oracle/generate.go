package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

var cities = strings.Fields(`
	beijing shanghai wuxi suzhou shenzhen changzhou nanjing ningbo zhuhai hangzhou yangzhou fuzhou guangzhou xiamen qingdao
	nantong yichang shaoxing yantai wuhan quanzhou changsha jinan foshan hefei jiaxing tianjin tangshan weihai dalian
	nanchang dongguan yancheng hohhot zhengzhou chengdu urumqi xuzhou xian yinchuan chongqing huizhou wenzhou taizhou
	taiyuan shenyang kunming zhongshan guiyang weifang jiangmen lanzhou changchun haikou xining shijiazhuang zhaoqing
	nanning harbin baoding`)

// recipe says how a column is made up. Every unit has a quality from 0 to 95, in
// steps of 5, which most of its figures follow: else no index would come near to
// its first band. All is integer arithmetic, so that a seed means the same data
// on every machine.
type recipe struct {
	header  string
	kind    string // amount, cost, count, rate, place or level
	size    int    // amount: the power of quality that it grows with; count, place: the greatest
	missing int    // percent of the cells
	zeros   int    // how many cells are 0, at the most: denominators
}

var recipes = []recipe{
	{gdp, "amount", 1, 4, 3},
	{residents, "amount", 0, 4, 3},
	{debt, "amount", 0, 8, 0},
	{revenue, "amount", 2, 8, 3},
	{expenditure, "amount", 1, 8, 3},
	{"gdp_growth", "rate", 0, 8, 0},
	{"deposits", "amount", 2, 8, 0},
	{"loans", "amount", 2, 8, 0},
	{"fortune_china_500", "count", 12, 10, 0},
	{"rd_expenditure_2023", "amount", 2, 8, 0},
	{"gdp_2023", "amount", 1, 4, 3},
	{"university_students", "amount", 1, 8, 0},
	{"university_educated_2020", "amount", 1, 8, 0},
	{"resident_population_2020", "amount", 0, 8, 3},
	{"high_tech_companies", "count", 900, 8, 0},
	{"unicorn_companies", "count", 9, 8, 0},
	{"gazelle_companies", "count", 14, 8, 0},
	{"invention_patents", "count", 700, 8, 0},
	{"technology_contracts", "amount", 2, 8, 0},
	{"retail_sales", "amount", 1, 8, 0},
	{"retail_sales_growth", "rate", 0, 8, 0},
	{"urban_consumption", "amount", 1, 8, 0},
	{"urban_income", "amount", 1, 8, 0},
	{"housing_rent", "amount", 0, 8, 3},
	{"tourism_revenue", "amount", 1, 8, 0},
	{"commercial_prosperity", "rate", 0, 8, 0},
	{"five_g_stations", "count", 400, 8, 0},
	{"telecommunications", "amount", 2, 8, 0},
	{"five_g_factories", "count", 8, 8, 0},
	{"smart_factories", "count", 5, 8, 0},
	{"ai_companies", "count", 300, 8, 0},
	{"data_element_position", "place", 100, 8, 0},
	{"imports", "amount", 2, 8, 0},
	{"exports", "amount", 2, 8, 0},
	{"foreign_investment", "amount", 1, 8, 0},
	{"foreign_investment_growth", "rate", 0, 8, 0},
	{"tourists", "amount", 1, 8, 0},
	{"gawc_position", "place", 150, 20, 0},
	{"talent_position", "place", 100, 8, 0},
	{"star_hotels", "count", 20, 8, 0},
	{"star_hotel_occupancy", "rate", 0, 8, 0},
	{"social_organisations", "count", 500, 8, 0},
	{"freight_turnover", "amount", 1, 8, 0},
	{"passenger_turnover", "amount", 1, 8, 0},
	{positioning, "level", 0, 0, 0}, // a position that is missing is an error
	{"disaster_expenditure", "amount", 2, 8, 0},
	{"production_deaths", "amount", 0, 8, 0},
	{"property_insurance", "amount", 2, 8, 0},
	{"hospital_beds", "count", 800, 8, 0},
	{"smart_governance_index", "rate", 0, 8, 0},
	{"waste_revenue_2023", "amount", 2, 8, 0},
	{"industrial_revenue_2023", "amount", 1, 8, 3},
	{"environmental_expenditure", "amount", 2, 8, 0},
	{"green_factories", "count", 25, 8, 0},
	{"carbon_emissions_2022", "amount", 0, 8, 0},
	{"gdp_2022", "amount", 1, 8, 3},
	{"non_fossil_energy", "count", 40, 8, 0},
	{"market_entities", "amount", 1, 8, 0},
	{"market_entities_growth", "rate", 0, 8, 0},
	{"digital_service_position", "place", 60, 8, 0},
	{"fines_revenue", "amount", 1, 8, 0},
	{"office_rent", "cost", 1, 8, 0},
	{"average_salary_2023", "cost", 1, 8, 0},
	{"greening_rate_2023", "count", 50, 8, 0},
	{"sports_area", "count", 10, 8, 0},
	{"health_expenditure", "amount", 2, 8, 0},
	{"museum_visits", "amount", 1, 8, 0},
	{"culture_expenditure_2023", "amount", 2, 8, 0},
	{"urban_consumption_2023", "amount", 1, 8, 3},
}

// levels are the judged positions, the best first.
var levels = []string{
	"national central city", "international centre or national gateway", "major regional centre", "regional hub or coastal centre",
	"subregional centre", "node city in the Greater Bay Area", "other city",
}

// random is the splitmix64 generator: the same numbers in every release of Go.
type random struct{ state uint64 }

// below is a number from 0 to n-1.
func (r *random) below(n int) int {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) >> 11 % uint64(n))
}

// cell makes up a unit's figure.
func (r *random) cell(c recipe, quality int) string {
	if r.below(100) < c.missing {
		return ""
	}
	switch c.kind {
	case "amount", "cost":
		from := 20 + quality
		if c.kind == "cost" {
			from = 120 - quality
		}
		x := 80 + 10*r.below(5)
		for range c.size {
			x *= from
		}
		return decimal(x, 2)
	case "count":
		return strconv.Itoa(quality*c.size/120 + r.below(c.size/5+1))
	case "rate":
		x := quality - 40 + 5*r.below(7)
		if x == 0 && r.below(2) == 0 {
			return "-0.0" // is no other figure than 0.0
		}
		return decimal(x, 1)
	case "place":
		return strconv.Itoa(1 + (100-quality)*c.size/125 + r.below(c.size/5))
	case "level":
		return levels[min(max((95-quality)/14+r.below(3)-1, 0), len(levels)-1)]
	}
	panic("no kind " + c.kind)
}

// decimal writes x / 10^places.
func decimal(x, places int) string {
	sign := ""
	if x < 0 {
		sign, x = "-", -x
	}
	s := fmt.Sprintf("%0*d", places+1, x)
	return sign + s[:len(s)-places] + "." + s[len(s)-places:]
}

// generate writes a data set: many ties, missing cells, zeros to divide by, and
// units that are others' twins, so that sums tie at every level up to the index.
func generate(w io.Writer, seed, units int) error {
	if units < 1 || units > len(cities) {
		return fmt.Errorf("UNITS is from 1 to %d", len(cities))
	}
	r := &random{uint64(seed)}
	rows := make([][]string, units)
	for i := range rows {
		rows[i] = []string{cities[i]}
		quality := 5 * r.below(20)
		for _, c := range recipes {
			rows[i] = append(rows[i], r.cell(c, quality))
		}
	}
	r.holes(rows)
	r.trade(rows)
	for range units / 8 {
		copy(rows[r.below(units)][1:], rows[r.below(units)][1:])
	}
	for i := range rows { // in no order
		k := i + r.below(units-i)
		rows[i], rows[k] = rows[k], rows[i]
	}
	header := []string{"city"}
	for _, c := range recipes {
		header = append(header, c.header)
	}
	out := csv.NewWriter(w)
	if err := out.Write(header); err != nil {
		return err
	}
	return out.WriteAll(rows)
}

// holes puts zeros where they are divided by, and a missing cell where chance
// might have made none.
func (r *random) holes(rows [][]string) {
	for i, c := range recipes {
		if c.missing > 0 {
			rows[r.below(len(rows))][1+i] = ""
		}
		for range c.zeros {
			rows[r.below(len(rows))][1+i] = "0"
		}
	}
}

// trade gives some units the trade of another the other way round, so that a
// deficit ties with a surplus, some as much in as out, and some none at all.
func (r *random) trade(rows [][]string) {
	at := func(header string) int {
		return 1 + slices.IndexFunc(recipes, func(c recipe) bool { return c.header == header })
	}
	in, out := at("imports"), at("exports")
	for range len(rows) / 10 {
		a, b := rows[r.below(len(rows))], rows[r.below(len(rows))]
		a[in], a[out] = b[out], b[in]
	}
	for range len(rows) / 20 {
		even, none := rows[r.below(len(rows))], rows[r.below(len(rows))]
		even[in] = even[out]
		none[in], none[out] = "0", "0"
	}
}
