package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/schemas"
)

// Editors complete rubric.yaml from its schema, and the file is held against it.
// It has the settings that there are, with their words and defaults.
func TestTheSchemaOfSettingsHasTheSettings(t *testing.T) {
	text, err := schemas.FS.ReadFile("settings.v1.schema.json")
	require.NoError(t, err)
	var s struct {
		AdditionalProperties bool
		Properties           map[string]struct {
			Type    string
			Enum    []string
			Default any
		}
	}
	require.NoError(t, json.Unmarshal(text, &s))
	require.False(t, s.AdditionalProperties)
	var names []string
	for _, k := range known {
		names = append(names, k.name)
		p := s.Properties[k.name]
		require.Equal(t, k.values, p.Enum, k.name)
		require.Equal(t, k.fallback, fmt.Sprint(p.Default), k.name)
		require.Equal(t, k.number, p.Type == "integer", k.name)
	}
	require.ElementsMatch(t, names, slices.Collect(maps.Keys(s.Properties)))
}
