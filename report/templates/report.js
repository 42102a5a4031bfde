// Heads of tables sort them: a click, or Enter or Space when they have the focus.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((h) => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const text = (row) => row.cells[column].textContent.trim();
      const number = (row) => parseFloat(text(row).replace("−", "-").replace(/^[+~≤≥ ]+/, ""));
      const numeric = head.classList.contains("n");
      const order = [...table.tBodies[0].rows].sort((a, b) => {
        if (!numeric) return (down ? -1 : 1) * text(a).localeCompare(text(b), "en", { numeric: true });
        const x = number(a), y = number(b);
        if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y); // what is not known comes last
        return down ? y - x : x - y;
      });
      table.tBodies[0].append(...order);
    });
  });
}

// A link to a row opens what it is folded in.
const reveal = () => {
  const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let d = row && row.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  if (row) row.scrollIntoView();
};
addEventListener("hashchange", reveal);
if (location.hash) reveal();
