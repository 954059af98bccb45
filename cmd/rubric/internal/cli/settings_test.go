package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"rubric/schemas"
	"rubric/spec/diag"
	"rubric/spec/source"
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

// FuzzSettings: whatever rubric.yaml says, it is taken as it is known, or refused with
// findings that have a place in it and a way out.
func FuzzSettings(f *testing.F) {
	for _, s := range []string{"", "color: never\nwidth: 80\n", "# color: never\n", "width: many", "methodologies: {a: b}", "colour: always", "- 1", "width: -1", "color: no", "color: &a never", "width: 1e400", "\ufeffcolor: auto\r\n", "{color: auto, width: 0}"} {
		f.Add(s)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(dir, settingsFile)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		values, list, err := fileLayer(path)
		require.NoError(t, err)
		lines := source.NewFile(settingsFile, []byte(text)).Lines()
		for _, d := range list {
			require.True(t, d.Severity != diag.Error || d.Help != "", "no way out: %v", d)
			require.True(t, d.Place.File == settingsFile && d.Place.Line >= 1 && d.Place.Line <= lines, "nowhere: %v", d)
		}
		for name, value := range values {
			if k, ok := find(name); ok && list.Errors() == 0 {
				require.Empty(t, wrong(k.name, fmt.Sprint(value), source.Place{}), "the schema takes what the setting cannot be")
			} else if !ok {
				require.NotZero(t, list.Errors(), "an unknown setting is passed over")
			}
		}
	})
}
