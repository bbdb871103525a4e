// Checking in where the class wants to know the place: the button first asks the phone where it is.
// Not for: deciding whether that is near enough; the server does.

const form = document.querySelector("form[data-place]");
const note = document.getElementById("noi-dung-vi-tri");

function say(text) {
  note.textContent = text;
  note.hidden = false;
}

form?.addEventListener("submit", (event) => {
  if (form.elements["vi-do"].value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!navigator.geolocation) {
    say(form.dataset.none);
    return;
  }
  say(form.dataset.wait);
  const found = ({ coords }) => {
    form.elements["vi-do"].value = coords.latitude.toFixed(6);
    form.elements["kinh-do"].value = coords.longitude.toFixed(6);
    form.requestSubmit();
  };
  navigator.geolocation.getCurrentPosition(found, () => say(form.dataset.none), { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 });
}, { capture: true });
