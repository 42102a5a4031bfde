package source

import (
	"strconv"
	"strings"
	"unicode"
)

// A path is the parts of a dotted key. A position in a list is a part of its
// own, such as "[0]".

// splitKey returns the path of a dotted key, whose parts may stand in double
// quotes; ok is false if it is no key.
func splitKey(key string) (path []string, ok bool) {
	for rest := strings.TrimSpace(key); ; {
		var part string
		if strings.HasPrefix(rest, `"`) {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, false
			}
			part, _ = strconv.Unquote(quoted)
			rest = rest[len(quoted):]
		} else {
			end := strings.IndexAny(rest, ".[")
			if end < 0 {
				end = len(rest)
			}
			part, rest = strings.TrimSpace(rest[:end]), rest[end:]
			if part == "" {
				return nil, false
			}
		}
		path = append(path, part)
		for strings.HasPrefix(rest, "[") {
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				return nil, false
			}
			if n, err := strconv.Atoi(rest[1:end]); err != nil || n < 0 {
				return nil, false
			}
			path = append(path, rest[:end+1])
			rest = rest[end+1:]
		}
		if rest == "" {
			return path, len(path) <= deepest
		}
		if rest[0] != '.' {
			return nil, false
		}
		rest = rest[1:]
	}
}

// Key returns a dotted key as it is written in a scenario file, with its parts;
// ok is false if it is no key.
func Key(text string) (key string, path []string, ok bool) {
	if path, ok = splitKey(text); !ok {
		return "", nil, false
	}
	return joinKey(path), path, true
}

// joinKey returns the dotted key of a path.
func joinKey(path []string) string {
	var b strings.Builder
	for i, part := range path {
		if _, isIndex := indexOf(part); isIndex && i > 0 {
			b.WriteString(part)
			continue
		}
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(quoteKey(part))
	}
	return b.String()
}

// quoteKey returns a part of a key as it is written in a file.
func quoteKey(part string) string {
	if isName(part) {
		return part
	}
	return strconv.Quote(part)
}

// indexOf returns the number in "[0]".
func indexOf(part string) (int, bool) {
	if len(part) < 3 || part[0] != '[' || part[len(part)-1] != ']' {
		return 0, false
	}
	n, err := strconv.Atoi(part[1 : len(part)-1])
	return n, err == nil && n >= 0
}

// isName reports whether s may name a thing: it has letters of any script,
// digits, "-" and "_".
func isName(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return r == unicode.ReplacementChar ||
			!unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' && r != '_'
	}) < 0
}

// namePattern is isName as a regular expression.
const namePattern = `^[\p{L}\p{M}\p{Nd}_-]+$`

// extend returns a new path with one more part.
func extend(path []string, part string) []string {
	return append(path[:len(path):len(path)], part)
}
