package main

// The framework of the report, typed in from its table: 10 dimensions, 50
// variables, 66 indicators. The closures read cells by the headers of the file.

type dimension struct {
	id        string
	variables []variable
}

type variable struct {
	id         string
	tied       string // the points of tied units: high or low
	indicators []indicator
}

type indicator struct {
	id     string
	better string // the better figure: higher, lower, nearer (to zero), or judged
	figure figure
}

// figure computes an indicator from a unit's cells.
type figure func(cell func(header string) float64) float64

// plain is a column as it stands.
func plain(header string) figure {
	return func(cell func(string) float64) float64 { return cell(header) }
}

// over is one column over another.
func over(above, below string) figure {
	return func(cell func(string) float64) float64 { return cell(above) / cell(below) }
}

// one is a variable of one indicator: its points are the variable's.
func one(id, indicatorID, better string, f figure) variable {
	return variable{id, "high", []indicator{{indicatorID, better, f}}}
}

const (
	gdp         = "gdp_100m_yuan"
	residents   = "resident_population_10k"
	debt        = "gov_debt_balance_100m"
	revenue     = "general_budget_revenue_100m"
	expenditure = "general_budget_expenditure_100m"
	positioning = "city_positioning"
)

// judged is what a position in the spatial plans is worth.
var judged = map[string]int{
	"national central city":                    60,
	"international centre or national gateway": 50,
	"major regional centre":                    40,
	"regional hub or coastal centre":           30,
	"subregional centre":                       20,
	"node city in the Greater Bay Area":        10,
	"other city":                               5,
}

var framework = []dimension{
	{"economic_strength", []variable{
		{"economic_aggregate_potential", "high", []indicator{
			{"total_gdp", "higher", plain(gdp)},
			{"gdp_growth_rate", "higher", plain("gdp_growth")},
		}},
		one("per_capita_economic_output", "per_capita_gdp", "higher", func(cell func(string) float64) float64 {
			return cell(gdp) / cell(residents) * 10000
		}),
		one("deposit_and_loan_density", "deposits_plus_loans_to_gdp", "higher", func(cell func(string) float64) float64 {
			return (cell("deposits") + cell("loans")) / cell(gdp)
		}),
		one("number_of_brand_companies", "fortune_china_500_companies", "higher", plain("fortune_china_500")),
		one("government_debt_burden", "government_debt_balance_to_gdp", "lower", over(debt, gdp)),
	}},
	{"technological_innovation", []variable{
		one("rd_investment_intensity", "rd_expenditure_to_gdp", "higher", over("rd_expenditure_2023", "gdp_2023")),
		{"innovative_talent_pool", "high", []indicator{
			{"higher_education_enrolment", "higher", plain("university_students")},
			{"university_degree_share", "higher", over("university_educated_2020", "resident_population_2020")},
		}},
		{"innovative_enterprises", "high", []indicator{
			{"national_high_tech_enterprises", "higher", plain("high_tech_companies")},
			{"unicorn_companies", "higher", plain("unicorn_companies")},
			{"gazelle_companies", "higher", plain("gazelle_companies")},
		}},
		one("invention_patent_density", "effective_invention_patents_per_10k", "higher", over("invention_patents", residents)),
		one("technology_transaction_scale", "technology_contract_value", "higher", plain("technology_contracts")),
	}},
	{"consumer_vitality", []variable{
		{"total_consumption_potential", "high", []indicator{
			{"total_retail_sales", "higher", plain("retail_sales")},
			{"total_retail_sales_growth", "higher", plain("retail_sales_growth")},
		}},
		one("per_capita_consumption_expenditure", "urban_per_capita_consumption", "higher", plain("urban_consumption")),
		one("commercial_prosperity_index", "commercial_prosperity_index_value", "higher", plain("commercial_prosperity")),
		one("rent_coverage_ratio", "income_to_monthly_rent_per_sqm", "higher", over("urban_income", "housing_rent")),
		one("tourism_revenue_contribution", "total_tourism_revenue", "higher", plain("tourism_revenue")),
	}},
	{"digital_intelligence_empowerment", []variable{
		one("digital_infrastructure", "five_g_base_stations_per_10k", "higher", over("five_g_stations", residents)),
		one("information_network_services", "total_telecommunications_business", "higher", plain("telecommunications")),
		{"number_of_smart_factories", "high", []indicator{
			{"miit_5g_factories", "higher", plain("five_g_factories")},
			{"smart_manufacturing_demonstration_factories", "higher", plain("smart_factories")},
		}},
		one("data_element_market", "data_element_top_100_ranking", "lower", plain("data_element_position")),
		one("ai_industry_activity", "ai_related_companies", "higher", plain("ai_companies")),
	}},
	{"open_development", []variable{
		one("foreign_trade_dependence", "foreign_trade_to_gdp", "higher", func(cell func(string) float64) float64 {
			return (cell("imports") + cell("exports")) / cell(gdp)
		}),
		one("trade_balance", "trade_balance_deviation", "nearer", func(cell func(string) float64) float64 {
			return (cell("exports") - cell("imports")) / (cell("exports") + cell("imports"))
		}),
		{"foreign_investment_attractiveness", "high", []indicator{
			{"actual_foreign_investment", "higher", plain("foreign_investment")},
			{"actual_foreign_investment_growth", "higher", plain("foreign_investment_growth")},
		}},
		one("tourism_activity", "total_tourists", "higher", plain("tourists")),
		one("international_reputation", "gawc_world_cities_ranking", "lower", plain("gawc_position")),
	}},
	{"regional_synergy", []variable{
		one("talent_attraction_index", "talent_attractive_cities_ranking", "lower", plain("talent_position")),
		{"business_carrying_capacity", "low", []indicator{
			{"star_rated_hotels", "higher", plain("star_hotels")},
			{"star_rated_hotel_occupancy", "higher", plain("star_hotel_occupancy")},
		}},
		one("social_organisation_linkage", "social_organisations", "higher", plain("social_organisations")),
		{"passenger_and_freight_transport_scale", "low", []indicator{
			{"freight_turnover", "higher", plain("freight_turnover")},
			{"passenger_turnover", "higher", plain("passenger_turnover")},
		}},
		one("urban_collaboration_capacity", "city_positioning", "judged", nil),
	}},
	{"urban_resilience", []variable{
		{"disaster_prevention_and_control_investment", "high", []indicator{
			{"disaster_prevention_expenditure", "higher", plain("disaster_expenditure")},
			{"disaster_prevention_expenditure_share", "higher", over("disaster_expenditure", expenditure)},
		}},
		one("smart_governance_capacity", "china_smart_governance_index", "higher", plain("smart_governance_index")),
		one("production_safety_level", "production_deaths_per_10bn_gdp", "lower", func(cell func(string) float64) float64 {
			return cell("production_deaths") / cell(gdp) * 100
		}),
		{"property_risk_protection", "high", []indicator{
			{"property_insurance_income", "higher", plain("property_insurance")},
			{"property_insurance_income_to_gdp", "higher", over("property_insurance", gdp)},
		}},
		one("per_capita_medical_facilities", "hospital_beds_per_1000", "higher", func(cell func(string) float64) float64 {
			return cell("hospital_beds") / (cell(residents) * 10)
		}),
	}},
	{"green_and_low_carbon", []variable{
		one("waste_utilisation_level", "waste_utilisation_revenue_share", "higher", over("waste_revenue_2023", "industrial_revenue_2023")),
		{"government_environmental_protection_investment", "high", []indicator{
			{"environmental_expenditure", "higher", plain("environmental_expenditure")},
			{"environmental_expenditure_share", "higher", over("environmental_expenditure", expenditure)},
		}},
		one("number_of_green_factories", "green_factories", "higher", plain("green_factories")),
		one("carbon_emission_intensity", "carbon_emissions_to_gdp", "lower", over("carbon_emissions_2022", "gdp_2022")),
		one("clean_energy_proportion", "non_fossil_energy_share", "higher", plain("non_fossil_energy")),
	}},
	{"market_environment", []variable{
		{"market_entity_vitality", "high", []indicator{
			{"market_entities", "higher", plain("market_entities")},
			{"market_entities_growth", "higher", plain("market_entities_growth")},
		}},
		one("digital_government_services", "digital_service_capability_ranking", "lower", plain("digital_service_position")),
		one("enterprise_regulatory_compliance", "fines_to_budget_revenue", "lower", over("fines_revenue", revenue)),
		{"operating_cost_burden", "high", []indicator{
			{"office_rental_cost", "lower", plain("office_rent")},
			{"average_annual_salary", "lower", plain("average_salary_2023")},
		}},
		one("fiscal_self_sufficiency_capacity", "budget_revenue_to_expenditure", "higher", over(revenue, expenditure)),
	}},
	{"culture_and_quality_of_life", []variable{
		one("urban_green_environment", "built_up_area_greening_rate", "higher", plain("greening_rate_2023")),
		one("per_capita_sports_area", "sports_area_per_capita", "higher", plain("sports_area")),
		{"public_health_investment", "high", []indicator{
			{"health_expenditure", "higher", plain("health_expenditure")},
			{"health_expenditure_per_capita", "higher", func(cell func(string) float64) float64 {
				return cell("health_expenditure") / cell(residents) * 10000
			}},
		}},
		one("museum_attendance", "museum_visits", "higher", plain("museum_visits")),
		{"cultural_and_entertainment_consumption_preference", "high", []indicator{
			{"urban_culture_expenditure", "higher", plain("culture_expenditure_2023")},
			{"urban_culture_expenditure_share", "higher", over("culture_expenditure_2023", "urban_consumption_2023")},
		}},
	}},
}
