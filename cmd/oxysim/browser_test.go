package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browserAfter is after how long a browser that does not answer is given up: it
// takes two seconds to start on a machine with little else to do.
const browserAfter = 2 * time.Minute

// browse opens the page of a report in a browser.
func browse(t *testing.T, dir string) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("there is no browser (Debian: chromium)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox) // the tests may be run by root
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	timer := time.AfterFunc(browserAfter, cancel)
	defer timer.Stop()

	address := (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, "report.html"))}).String()
	var mu sync.Mutex
	var complaints, requests []string
	note := func(list *[]string, s string) {
		mu.Lock()
		defer mu.Unlock()
		*list = append(*list, s)
	}
	err := chromedp.Listen(ctx, func(ev any) {
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			note(&complaints, e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			note(&complaints, fmt.Sprint(e.Type))
		case *log.EventEntryAdded:
			note(&complaints, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			note(&requests, e.Request.URL)
		}
	})
	if err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	t.Run("LinksOpenWhatIsFolded", func(t *testing.T) { unfolds(ctx, t) })
	t.Run("TablesAreSorted", func(t *testing.T) { sortTables(ctx, t) })
	t.Run("FitsPaperAndPhone", func(t *testing.T) { fits(ctx, t) })
	t.Run("IsReadInLightAndDark", func(t *testing.T) { contrasts(ctx, t) })
	mu.Lock()
	defer mu.Unlock()
	if len(complaints) > 0 {
		t.Errorf("the console says %q", complaints)
	}
	for _, r := range requests {
		if r != address && !strings.HasPrefix(r, "data:") {
			t.Errorf("the page asks for %s", r)
		}
	}
	if len(requests) == 0 {
		t.Error("the browser has not told of the page itself")
	}
	// That complaints are heard is seen from two that must be: an error, and a
	// request that the page's policy forbids.
	complaints = nil
	mu.Unlock()
	_, err = chromedp.Run(ctx, chromedp.Evaluate[bool](`console.error("heard"), fetch("https://example.org/").then(() => true, () => false)`, chromedp.EvalAwaitPromise))
	mu.Lock()
	if err != nil || len(complaints) < 2 {
		t.Errorf("of two complaints %q were heard: %v", complaints, err)
	}
}

// evaluate returns what an expression is in the page.
func evaluate[T any](ctx context.Context, t *testing.T, expression string) T {
	t.Helper()
	x, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return x
}

// number is what a cell begins with; NaN if that is no number.
func number(cell string) float64 {
	m := regexp.MustCompile(`^[-−+~≤≥ ]*[\d.]+`).FindString(cell)
	x, err := strconv.ParseFloat(strings.Trim(strings.ReplaceAll(m, "−", "-"), "+~≤≥ "), 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

// sortTables sorts the table of hospitals by a column of numbers, with the mouse
// and with the keyboard, and by names.
func sortTables(ctx context.Context, t *testing.T) {
	const heads = `document.querySelectorAll("#t\\.hospitals thead th")`
	column := evaluate[int](ctx, t, `[...`+heads+`].findIndex(h => h.textContent.startsWith("without oxygen"))`)
	if column < 0 {
		t.Fatal("there is no column of hours")
	}
	cells := func(column int) []string {
		return evaluate[[]string](ctx, t, fmt.Sprintf(`[...document.querySelectorAll("#t\\.hospitals tbody tr")].map(r => r.cells[%d].textContent)`, column))
	}
	before := cells(0)
	order := func(want string) {
		t.Helper()
		if got := evaluate[string](ctx, t, fmt.Sprintf(heads+`[%d].getAttribute("aria-sort") ?? ""`, column)); got != want {
			t.Errorf("got aria-sort %q, want %q", got, want)
		}
		list := cells(column)
		for i := 1; i < len(list); i++ {
			a, b := number(list[i-1]), number(list[i])
			if want == "ascending" && a > b || want == "descending" && a < b {
				t.Errorf("%s: %q comes before %q", want, list[i-1], list[i])
			}
		}
	}
	// With the mouse, on the head itself.
	selector := fmt.Sprintf(`#t\.hospitals thead th:nth-child(%d) button`, column+1)
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		t.Fatal(err)
	}
	order("ascending")
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		t.Fatal(err)
	}
	order("descending")
	// With the keyboard: from the table by Tab to its first head, then by Enter and
	// by the space bar.
	evaluate[bool](ctx, t, `document.querySelector("#t\\.hospitals").parentElement.focus(), true`)
	if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	if got := evaluate[string](ctx, t, `document.activeElement.closest("th").getAttribute("aria-sort")`); got != "ascending" {
		t.Errorf("by Enter: got %q", got)
	}
	names := cells(0)
	for i := 1; i < len(names); i++ {
		if strings.ToLower(names[i-1]) > strings.ToLower(names[i]) {
			t.Errorf("by Enter: %q comes before %q", names[i-1], names[i])
		}
	}
	if err := chromedp.Do(ctx, chromedp.KeyEvent(" ")); err != nil {
		t.Fatal(err)
	}
	if got := cells(0); len(got) != len(before) || got[0] != names[len(names)-1] {
		t.Errorf("by the space bar: got %q first, want %q", got[0], names[len(names)-1])
	}
}

// What is wider than the page, by the page's own measure; nothing if all fits.
const tooWide = `[...document.querySelectorAll("main *, header *, nav *")].filter(e => {
	for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX == "auto" || p.tagName == "svg") return false;
	return e.getClientRects().length > 0 && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && e.className != "skip";
}).map(e => e.tagName + " " + (e.id || e.closest("[id]")?.id) + " " + Math.round(e.getBoundingClientRect().right))`

// unfolds follows a link to a row that is folded, and wants to see it; then it opens
// everything, for whoever looks next.
func unfolds(ctx context.Context, t *testing.T) {
	const follow = `(() => {
	const a = [...document.querySelectorAll(".s a")].find(a => document.getElementById(a.hash.slice(1)).closest("details:not([open])"));
	if (a) a.click();
	return a ? a.hash.slice(1) : "";
})()`
	row := evaluate[string](ctx, t, follow)
	if row == "" {
		t.Fatal("want a link to a row that is folded")
	}
	const seen = `new Promise(done => setTimeout(() => { const b = document.getElementById(%q).getBoundingClientRect(); done(b.height > 0 && b.top >= 0 && b.bottom <= innerHeight); }, 200))`
	visible, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf(seen, row), chromedp.EvalAwaitPromise))
	if err != nil || !visible {
		t.Errorf("the row %s is not seen when a link to it is followed: %v", row, err)
	}
	if n := evaluate[int](ctx, t, `(() => { const all = [...document.querySelectorAll("details")]; all.forEach(d => { d.open = true; }); return all.length; })()`); n < 5 {
		t.Errorf("got %d things that are folded", n)
	}
}

// fits prints the page on A4 and wants nothing to stand out of the paper; nor out
// of a phone.
func fits(ctx context.Context, t *testing.T) {
	media := func(params emulation.SetEmulatedMediaParams) chromedp.Action[chromedp.Void] {
		return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, params)
			return err
		})
	}
	// 182 mm at 96 dots per inch: A4 without the margins of @page.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(687, 1000), media(emulation.SetEmulatedMediaParams{Media: "print"})); err != nil {
		t.Fatal(err)
	}
	if wide := evaluate[[]string](ctx, t, tooWide); len(wide) > 0 {
		t.Errorf("out of the paper stand %q", wide[:min(len(wide), 10)])
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatal(err)
	}
	if keep := os.Getenv("OXYSIM_KEEP"); keep != "" { // to be looked at
		if err := os.WriteFile(filepath.Join(keep, "report.pdf"), pdf, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	pages := regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(pdf, -1)
	if len(pages) < 3 || len(pages) > 60 {
		t.Errorf("got %d pages", len(pages))
	}
	boxes := regexp.MustCompile(`/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]`).FindAllSubmatch(pdf, -1)
	if len(boxes) == 0 || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Error("it is no PDF with pages of a size")
	}
	for _, b := range boxes {
		w, _ := strconv.ParseFloat(string(b[1]), 64)
		h, _ := strconv.ParseFloat(string(b[2]), 64)
		if math.Abs(w-595.3) > 1.5 || math.Abs(h-841.9) > 1.5 { // points; browsers round to pixels
			t.Errorf("got a page of %v × %v points, want A4", w, h)
		}
	}
	if err := chromedp.Do(ctx, media(emulation.SetEmulatedMediaParams{Media: ""}), chromedp.EmulateViewport(360, 740)); err != nil {
		t.Fatal(err)
	}
	if wide := evaluate[[]string](ctx, t, tooWide); len(wide) > 0 {
		t.Errorf("out of the phone stand %q", wide[:min(len(wide), 10)])
	}
}

// contrasts wants all texts to stand out from what is behind them, by 4.5 to 1, in
// light and in dark (WCAG 2, success criterion 1.4.3).
func contrasts(ctx context.Context, t *testing.T) {
	const least = `(() => {
	const light = c => { const v = c.match(/[\d.]+/g).map(Number).slice(0, 3).map(x => (x /= 255) <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
		return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
	const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)|transparent/.test(c)) return c; } return "rgb(255,255,255)"; };
	let worst = ["", 99];
	for (const e of document.querySelectorAll("body, h1, h2, h3, p, a, th, td, caption, button, figcaption, code")) {
		if (e.closest("svg") || e.className == "skip") continue;
		const a = light(getComputedStyle(e).color), b = light(behind(e)), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (ratio < worst[1]) worst = [e.tagName + "." + e.className, ratio];
	}
	return worst[0] + " " + worst[1].toFixed(2);
})()`
	papers := map[string]string{}
	for _, scheme := range []string{"light", "dark"} {
		params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, params)
			return err
		}))
		if err != nil {
			t.Fatal(err)
		}
		papers[scheme] = evaluate[string](ctx, t, `getComputedStyle(document.body).backgroundColor`)
		worst := evaluate[string](ctx, t, least)
		at := strings.LastIndex(worst, " ")
		name, ratio := worst[:at], worst[at+1:]
		if x, err := strconv.ParseFloat(ratio, 64); err != nil || x < 4.5 {
			t.Errorf("in %s: %s has a contrast of %s, want 4.5", scheme, name, ratio)
		}
	}
	if papers["light"] == papers["dark"] {
		t.Errorf("light and dark have the same paper, %s", papers["light"])
	}
}
