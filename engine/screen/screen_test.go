package screen

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The examples that stand with the rules.
func TestRulesByHand(t *testing.T) {
	u := Unit{Indicators: 6, Available: 4, Zero: 2}
	assert.Empty(t, u.Covered(4, 60))
	assert.Equal(t, "4 of 6 indicators have a value, and 5 are asked for", u.Covered(5, 0))
	assert.Equal(t, "4 of 6 indicators have a value, and 70% are asked for", u.Covered(0, 70))
	assert.Equal(t, 0.5, u.Nonzero())
	assert.Empty(t, u.Lively(50))
	assert.Equal(t, "2 of 4 values are zero, and 60% that are not are asked for", u.Lively(60))
}

func TestUnitsWithoutAnything(t *testing.T) {
	var u Unit
	assert.Zero(t, u.Coverage())
	assert.Zero(t, u.Nonzero())
	assert.Empty(t, u.Covered(0, 0))
	assert.Empty(t, u.Lively(0))
	assert.NotEmpty(t, Unit{Indicators: 3}.Covered(1, 0))
}
