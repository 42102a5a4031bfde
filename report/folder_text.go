package report

import (
	"fmt"
	"io"
	"strings"
)

// Told writes where a folder of results is, and the verdict that is in it.
func Told(w io.Writer, r *Results, path string, there bool, v View) error {
	var b strings.Builder
	heading(&b, r.Answer, v)
	b.WriteString("\n" + verdictLine(r.Answer, v) + "\n\n")
	word := "written"
	if there {
		word = "there already, and the same"
	}
	fmt.Fprintf(&b, "  %s %s\n", v.strong(path), v.faint(word))
	fmt.Fprintf(&b, "\n  %s   %s\n", v.strong("Next"), "oxysim verify "+path)
	_, err := io.WriteString(w, b.String())
	return err
}
