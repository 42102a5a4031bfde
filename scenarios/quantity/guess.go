package quantity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

// Guess returns the one of words that word is most likely a misspelling of, or
// "" if none is near: at most one edit in three letters, and one at least. Of
// two equally near the first in alphabetical order is returned. Nothing is guessed
// of a single letter.
func Guess(word string, words []string) string {
	word = Shorten(word)
	lower := strings.ToLower(word)
	best, least := "", max(1, utf8.RuneCountInString(word)/3)+1
	for _, w := range slices.Sorted(slices.Values(words)) {
		if w == word {
			continue
		}
		if d := edits(lower, strings.ToLower(w)); d < least && d < utf8.RuneCountInString(word) {
			best, least = w, d
		}
	}
	return best
}

// edits returns the number of edits between two words, where exchanging two
// neighbouring letters, the commonest slip of all, counts as one.
func edits(a, b string) int {
	d := levenshtein.Distance(a, b, nil)
	ra, rb := []rune(a), []rune(b)
	if d == 2 && len(ra) == len(rb) {
		for i := range ra {
			if ra[i] != rb[i] {
				if i+1 < len(ra) && ra[i] == rb[i+1] && ra[i+1] == rb[i] {
					return 1
				}
				break
			}
		}
	}
	return d
}
