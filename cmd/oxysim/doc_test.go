package main

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// example is a call in a document, with what it prints.
type example struct {
	line   int
	call   string
	output string
}

// Every call of oxysim in the manual and in the README works and prints what
// is shown; "..." stands for anything. The calls of a document are made one
// after the other, in one folder; "echo $?" shows the exit status of the last.
func TestExamplesInTheDocuments(t *testing.T) {
	if checked || testing.Short() {
		t.Skip("it simulates much")
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"main.go": manual(t), "README.md": string(readme)} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			last := 0
			for _, e := range examples(text) {
				var out bytes.Buffer
				if e.call == "echo $?" {
					fmt.Fprintln(&out, last)
				} else {
					words, err := split(strings.TrimPrefix(e.call, "oxysim "))
					if err != nil {
						t.Errorf("line %d: %s: %v", e.line, e.call, err)
						continue
					}
					last = run(t.Context(), words, strings.NewReader(""), &out, &out)
					if last == exitInternal {
						t.Errorf("line %d: %s: internal error:\n%s", e.line, e.call, &out)
					}
				}
				if !matches(e.output, out.String()) {
					t.Errorf("line %d: %s: got\n%s\nwant\n%s", e.line, e.call, &out, e.output)
				}
			}
		})
	}
}

// manual is the package comment.
func manual(t *testing.T) string {
	f, err := parser.ParseFile(token.NewFileSet(), "main.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	return f.Doc.Text()
}

// examples finds the calls in a text: lines of a block, fenced or indented,
// that begin with "$ oxysim" or "$ echo $?", and what follows up to the next
// such line or the end of the block.
func examples(text string) (list []example) {
	var block []string
	begin, fenced := 0, false
	flush := func() {
		list = append(list, calls(block, begin)...)
		block = nil
	}
	for i, line := range strings.Split(text+"\n", "\n") {
		inside := fenced
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
			inside = false
		} else if rest, indented := strings.CutPrefix(line, "\t"); indented && !fenced {
			line, inside = rest, true
		} else if line == "" && len(block) > 0 && !fenced {
			inside = true // perhaps within an indented block
		}
		if !inside {
			flush()
			continue
		}
		if len(block) == 0 {
			begin = i + 1
		}
		block = append(block, line)
	}
	flush()
	return list
}

// calls finds the calls in a block that begins at a line.
func calls(block []string, begin int) (list []example) {
	for i, line := range block {
		if call, ok := strings.CutPrefix(line, "$ "); ok && (strings.HasPrefix(call, "oxysim ") || call == "echo $?") {
			list = append(list, example{line: begin + i, call: call})
		} else if ok {
			list = append(list, example{})
		} else if len(list) > 0 {
			list[len(list)-1].output += line + "\n"
		}
	}
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].call == "" {
			list = append(list[:i], list[i+1:]...)
		} else {
			list[i].output = strings.TrimRight(list[i].output, "\n")
		}
	}
	return list
}

// matches compares an output with what is shown of it.
func matches(shown, output string) bool {
	if strings.TrimSpace(shown) == "" {
		return strings.TrimSpace(output) == ""
	}
	parts := strings.Split(strings.TrimSpace(shown), "...")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	ok, _ := regexp.MatchString(`(?s)^`+strings.Join(parts, ".*")+`$`, strings.TrimSpace(output))
	return ok
}

// split splits a call into words as a shell does.
func split(s string) (words []string, err error) {
	word, quoted, in := "", rune(0), false
	for _, r := range s {
		switch {
		case quoted != 0 && r == quoted:
			quoted = 0
		case quoted != 0:
			word += string(r)
		case r == '\'' || r == '"':
			quoted, in = r, true
		case r == ' ':
			if in {
				words = append(words, word)
			}
			word, in = "", false
		default:
			word += string(r)
			in = true
		}
	}
	if quoted != 0 {
		return nil, fmt.Errorf("a quote is open at the end")
	}
	if in {
		words = append(words, word)
	}
	return words, nil
}

func TestExamplesAreFound(t *testing.T) {
	text := "Words.\n\n\t$ oxysim run a\n\tone\n\n\ttwo\n\t$ echo $?\n\t3\n\nMore.\n\n```\n$ ls\nnot this\n$ oxysim check 'b c'\n```\n"
	got := examples(text)
	want := []example{{3, "oxysim run a", "one\n\ntwo"}, {7, "echo $?", "3"}, {15, "oxysim check 'b c'", ""}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, c := range []struct {
		shown, output string
		want          bool
	}{
		{"", "", true}, {"", "x", false}, {"...", "x", true}, {"a...b\n...", "a 1 b\nmore", true}, {"a...b", "a 1 c", false}, {"a.b", "axb", false},
	} {
		if got := matches(c.shown, c.output); got != c.want {
			t.Errorf("%q against %q: got %v", c.output, c.shown, got)
		}
	}
	if words, _ := split(`run 'my net.toml' --set title="a b" ""`); len(words) != 5 || words[1] != "my net.toml" || words[3] != "title=a b" || words[4] != "" {
		t.Errorf("got %q", words)
	}
}
