// The roll works without network: what was chosen is kept in this browser until the server has it, and is sent once under one key.
// Not for: rules; the server judges every mark. Without this script the form is sent as any other.

const form = document.querySelector("form[data-roll]");
if (form) begin(form, document.getElementById("roll-state"), document.getElementById("roll-sum"));

function begin(form, state, sum) {
  const place = `kv-roll:${form.dataset.roll}`;
  const rows = [...form.querySelectorAll("[data-id]")];
  const words = state.dataset;
  const field = (row, name) => form.elements[`${name}-${row.dataset.id}`];
  const read = (row) => ({
    official: Number(row.dataset.id),
    mark: field(row, "diem").value,
    minutes: Number.parseInt(field(row, "phut").value, 10) || 0,
    note: field(row, "ly-do").value,
    revision: Number(field(row, "ban").value),
  });
  const write = (row, mark) => {
    field(row, "diem").value = mark.mark;
    if (mark.minutes !== undefined) field(row, "phut").value = mark.minutes || "";
    if (mark.note !== undefined) field(row, "ly-do").value = mark.note;
  };
  const first = new Map(rows.map((row) => [row, JSON.stringify(read(row))]));
  const isChanged = (row) => JSON.stringify(read(row)) !== first.get(row);
  // What nobody has called yet is said by sending it; what stands is sent only when it was changed here.
  const meant = () => rows.filter((row) => read(row).revision === 0 || isChanged(row)).map(read);

  const say = (text) => {
    state.textContent = text ?? "";
    state.hidden = !text;
  };
  const count = () => {
    const labels = [...form.querySelectorAll("li:first-child .kv-marks label")];
    const of = (code) => rows.filter((row) => read(row).mark === code).length;
    sum.textContent = labels.map((label) => `${label.textContent.trim()} ${of(label.querySelector("input").value)}`).join(" · ");
    sum.hidden = false;
  };
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const stored = () => {
    try {
      return JSON.parse(localStorage.getItem(place));
    } catch {
      return null;
    }
  };
  const store = (draft) => {
    try {
      if (draft) localStorage.setItem(place, JSON.stringify(draft));
      else localStorage.removeItem(place);
    } catch {
      // A browser that keeps nothing still sends.
    }
  };
  const keep = () => store({ key: fresh(), why: form.elements.why.value, marks: meant(), queued: stored()?.queued ?? false });

  function conflict(found) {
    const row = rows.find((one) => one.dataset.id === String(found.official));
    const box = row.querySelector(".kv-theirs");
    const button = (text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn is-small";
      made.textContent = text;
      made.addEventListener("click", () => {
        field(row, "ban").value = found.revision;
        act();
        box.hidden = true;
        keep();
        count();
      });
      return made;
    };
    const told = document.createElement("span");
    told.textContent = `${words.theirs}: ${found.text} `;
    const take = () => {
      write(row, found);
      first.set(row, JSON.stringify(read(row)));
    };
    box.replaceChildren(told, button(words.keep, () => {}), button(words.take, take));
    box.hidden = false;
  }

  function fault(found) {
    const row = rows.find((one) => one.dataset.id === String(found.official));
    const line = document.createElement("p");
    line.className = "kv-wrong";
    line.textContent = found.text;
    row.querySelector("fieldset").append(line);
    return row;
  }

  let isSending = false;
  async function send() {
    const draft = stored();
    if (!draft?.marks || isSending) return;
    isSending = true;
    form.querySelectorAll("p.kv-wrong").forEach((line) => line.remove());
    say(words.sending);
    try {
      const headers = { "content-type": "application/json", "x-csrf-token": form.elements.csrf.value };
      const answer = await fetch(form.dataset.roll, { method: "POST", headers, body: JSON.stringify(draft) });
      if (!(answer.headers.get("content-type") ?? "").includes("json")) {
        say(words.signedOut);
        return;
      }
      const told = await answer.json();
      if (told.refused) {
        say(told.refused);
        return;
      }
      // The server has answered to this key; whatever is sent next is another matter.
      store(null);
      told.conflicts.forEach(conflict);
      const faulty = told.faults.map(fault);
      if (told.conflicts.length + faulty.length === 0) {
        window.location.href = `${form.action}?xong=diem-danh`;
        return;
      }
      say(told.conflicts.length ? words.conflict : words.mend);
      (state.scrollIntoView ?? (() => {})).call(state, { block: "center" });
    } catch {
      // No network: the same key is tried again, so that a lost answer does nothing twice.
      store({ ...draft, queued: true });
      say(words.queued);
    } finally {
      isSending = false;
    }
  }

  form.addEventListener("submit", (event) => {
    if (form.elements.giay?.checked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keep();
    send();
  }, { capture: true });
  form.addEventListener("input", () => {
    keep();
    count();
  });
  window.addEventListener("online", () => stored()?.queued && send());

  const before = stored();
  if (before?.marks) {
    for (const mark of before.marks) {
      const row = rows.find((one) => one.dataset.id === String(mark.official));
      if (!row) continue;
      write(row, mark);
      // What was seen then, not what is seen now: only so a change in between is a conflict.
      field(row, "ban").value = mark.revision;
    }
    form.elements.why.value ||= before.why;
    say(before.queued ? words.queued : words.restored);
    if (before.queued && navigator.onLine) send();
  }
  count();
}
