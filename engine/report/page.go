package report

import _ "embed"

// PageStyle is how pages of HTML look that stand alone: no font, no network, by day and by
// night, on a wide screen, a narrow one, and on paper.
//
//go:embed page.css
var PageStyle string
