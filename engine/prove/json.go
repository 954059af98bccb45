package prove

import (
	"encoding/json"
	"io"

	"rubric/spec/diag"
	"rubric/spec/source"
)

// What the JSON has; its schema is schemas/proof.v1.schema.json.
type (
	jsonProof struct {
		FormatVersion int             `json:"formatVersion"`
		Index         string          `json:"index"`
		Old           jsonSide        `json:"old"`
		New           jsonSide        `json:"new"`
		Same          bool            `json:"same"`
		Within        float64         `json:"within"`
		Figures       int             `json:"figures"`
		Changes       int             `json:"changes"`
		Digest        string          `json:"digest,omitempty"`
		Runs          []jsonRun       `json:"runs"`
		First         *jsonDifference `json:"first,omitempty"`
	}
	jsonSide struct {
		Edition  string `json:"edition"`
		Document string `json:"document"`
	}
	jsonRun struct {
		Name    string `json:"name"`
		Figures int    `json:"figures"`
		Differ  int    `json:"differ"`
		Errors  int    `json:"errors"`
		Alone   bool   `json:"alone"`
		Fits    Fits   `json:"fits"`
	}
	jsonDifference struct {
		Run      string           `json:"run"`
		Unit     string           `json:"unit,omitempty"`
		Period   string           `json:"period,omitempty"`
		Node     string           `json:"node,omitempty"`
		Before   string           `json:"before,omitempty"`
		Figure   string           `json:"figure,omitempty"`
		Old      string           `json:"old"`
		New      string           `json:"new"`
		By       *float64         `json:"by,omitempty"`
		Said     string           `json:"said"`
		Finding  *diag.Diagnostic `json:"finding,omitempty"`
		How      How              `json:"how"`
		Proven   bool             `json:"proven"`
		Suspects []jsonSuspect    `json:"suspects"`
	}
	jsonSuspect struct {
		What        What          `json:"what"`
		Proven      bool          `json:"proven"`
		ID          string        `json:"id,omitempty"`
		Fingerprint string        `json:"fingerprint,omitempty"`
		Class       string        `json:"class"`
		Said        string        `json:"said"`
		Old         *source.Place `json:"old,omitempty"`
		New         *source.Place `json:"new,omitempty"`
		Alone       []jsonMove    `json:"alone,omitempty"`
		Last        []jsonMove    `json:"last,omitempty"`
	}
	jsonMove struct {
		Figure string   `json:"figure"`
		Old    string   `json:"old"`
		New    string   `json:"new"`
		By     *float64 `json:"by,omitempty"`
	}
)

// JSON writes a proof for a program.
func JSON(w io.Writer, p *Proof) error {
	old, now := p.Diff.Old, p.Diff.New
	out := jsonProof{
		FormatVersion: 1, Index: now.Index, Old: jsonSide{old.Edition, old.Document.Name}, New: jsonSide{now.Edition, now.Document.Name},
		Same: p.First == nil, Within: p.Within, Figures: p.Figures(), Changes: len(p.Diff.Changes), Digest: p.Digest, Runs: []jsonRun{},
	}
	for _, r := range p.Runs {
		out.Runs = append(out.Runs, jsonRun(r))
	}
	if d := p.First; d != nil {
		out.First = &jsonDifference{
			Run: d.Run, Unit: d.Unit, Period: d.Period, Node: d.Node, Before: d.Before, Figure: d.Figure, Old: d.Old, New: d.New, By: d.By,
			Said: d.said(), Finding: d.Finding, How: d.How, Proven: d.How != Guess, Suspects: []jsonSuspect{},
		}
		for _, x := range d.Suspects {
			out.First.Suspects = append(out.First.Suspects, jsonSuspectOf(x))
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func jsonSuspectOf(x Suspect) jsonSuspect {
	s := jsonSuspect{What: x.What, Proven: x.Proven, Class: string(x.Class()), Said: x.said()}
	if c := x.Change; x.What == ByChange {
		s.ID, s.Fingerprint = c.ID, c.Fingerprint()
		if c.OldPlace.File != "" {
			s.Old = &c.OldPlace
		}
		if c.NewPlace.File != "" {
			s.New = &c.NewPlace
		}
	}
	for _, m := range x.Alone {
		s.Alone = append(s.Alone, jsonMove(m))
	}
	for _, m := range x.Last {
		s.Last = append(s.Last, jsonMove(m))
	}
	return s
}
