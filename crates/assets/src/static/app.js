// Small comforts; every page works without them.
// Not for: anything a form or a link can do.

// After a form came back with mistakes, the summary is read first.
function showMistakes() {
  document.getElementById("loi")?.focus();
}

// The menu of the person closes when something else is used.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.kv-who[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.kv-who[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// A form that was sent is not sent twice by a second click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Parts of a page change without loading it anew; language and theme then lead back to what is shown, not to what was loaded.
const loaded = window.location.href;
document.addEventListener("submit", (event) => {
  const back = event.target.querySelector('input[name="back"]');
  if (back && window.location.href !== loaded) back.value = window.location.pathname + window.location.search;
});

// "Print" buttons are shown only where they work.
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});

// A link to a line of a document marks that line in its text field.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-line]");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field?.setSelectionRange) return;
  event.preventDefault();
  const lines = field.value.split("\n");
  const line = Number(link.dataset.line) - 1;
  const start = lines.slice(0, line).join("\n").length + (line > 0 ? 1 : 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line] ?? "").length);
  // The field is as tall as its text; what scrolls is the box around it.
  const box = field.closest(".kv-editor") ?? field;
  box.scrollTop = Math.max(0, (line - 5) * parseFloat(getComputedStyle(field).lineHeight));
  box.scrollIntoView({ block: "nearest" });
});

// Long parts of a page are folded on a phone, except the one that the address leads to; on paper nothing is.
const folds = [...document.querySelectorAll("details.kv-fold")];
const led = () => window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
const foldOf = (found) => found?.closest?.("details.kv-fold") ?? found?.querySelector?.("details.kv-fold");
const unfold = () => {
  const fold = foldOf(led());
  if (!fold) return;
  fold.open = true;
  led().scrollIntoView();
};
if (window.matchMedia("screen and (max-width: 44rem)").matches) {
  for (const fold of folds) fold.open = fold.querySelector('[aria-invalid="true"]') !== null;
  unfold(); // The browser has already gone to where the place was before the parts above it were folded.
}
window.addEventListener("hashchange", unfold);
window.addEventListener("beforeprint", () => { for (const fold of folds) fold.open = true; });

showMistakes();
