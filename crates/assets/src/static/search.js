// The search box of the header: Ctrl+K goes there, arrows walk through what hangs below it, Escape puts it away.
// Not for: searching; without scripts the box is a form that leads to the whole page of results.

const box = document.getElementById("tim");
const drop = document.getElementById("tim-goi-y");

function hits() {
  return [...drop.querySelectorAll("a[href]")];
}

function walk(step) {
  const links = hits();
  if (links.length === 0) return;
  const place = links.indexOf(document.activeElement);
  const next = place + step;
  if (next < 0) box.focus();
  else links[Math.min(next, links.length - 1)].focus();
}

function putAway() {
  drop.replaceChildren();
}

if (box && drop) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  box.form.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") walk(1);
    else if (event.key === "ArrowUp") walk(-1);
    else if (event.key === "Escape") {
      putAway();
      box.focus();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!box.form.contains(event.target)) putAway();
  });
}
