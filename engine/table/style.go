package table

import (
	"rubric/spec/diag"
	"rubric/spec/source"
)

// styled is a number with a decimal mark, and where it stands.
type styled struct {
	place source.Place
	text  string
}

// styles are the first numbers of each way of writing, in files whose fields
// are not separated by commas: there a comma may be the decimal mark, and then
// `1,234` must not be a thousand and more. They are told apart by whether the
// mark stands where a thousands separator would.
type styles struct{ point, comma, pointGroup, commaGroup *styled }

// note keeps the number in text[p:end], if it is the first of its style.
func (s *scanner) note(mark byte, grouped bool, p, end int) {
	first := s.styles.of(mark, grouped)
	if *first == nil && end-s.row <= s.maxLine {
		from, to := s.span(p, end)
		*first = &styled{s.place(from, to), cut(s.text[from:to])}
	}
}

func (s *styles) of(mark byte, grouped bool) **styled {
	switch {
	case mark == ',' && grouped:
		return &s.commaGroup
	case mark == ',':
		return &s.comma
	case grouped:
		return &s.pointGroup
	}
	return &s.point
}

// take adds the styles of a later part of the file.
func (s *styles) take(later *styles, lines int) {
	for _, pair := range []struct{ own, later **styled }{
		{&s.point, &later.point}, {&s.comma, &later.comma},
		{&s.pointGroup, &later.pointGroup}, {&s.commaGroup, &later.commaGroup},
	} {
		if *pair.own == nil && *pair.later != nil {
			(*pair.later).place = lower((*pair.later).place, lines)
			*pair.own = *pair.later
		}
	}
}

// check finds numbers that may be a thousand times what they are read as: an
// error where the file itself speaks against the reading, a warning where it
// does not speak for it.
func (s *styles) check() diag.List {
	points, commas := s.point, s.comma
	if points == nil {
		points = s.pointGroup
	}
	if commas == nil {
		commas = s.commaGroup
	}
	const help = "write numbers in one way: without thousands separators, and with the same decimal mark"
	switch {
	case s.commaGroup != nil && points != nil:
		return diag.List{s.commaGroup.ambiguous().WithHelp(help).
			WithRelated(points.place, "`%s` has a decimal point", points.text)}
	case s.pointGroup != nil && commas != nil:
		return diag.List{s.pointGroup.ambiguous().WithHelp(help).
			WithRelated(commas.place, "`%s` has a decimal comma", commas.text)}
	case s.commaGroup != nil && s.comma == nil:
		d := diag.New(diag.DataNumber, s.commaGroup.place, "`%s` is read with a decimal comma, but every comma of the file stands where a thousands separator would", s.commaGroup.text)
		d.Severity = diag.Warning
		return diag.List{d.WithHelp("if thousands are meant, remove the commas; if not, write decimal points")}
	}
	return nil
}

func (n *styled) ambiguous() diag.Diagnostic {
	return diag.New(diag.DataNumber, n.place, "`%s` may have a decimal mark or a thousands separator: the file has both points and commas in its numbers", n.text)
}
