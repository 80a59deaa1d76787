// Stops a second send of the same form and keeps unsent text on this device.
// Kept: textareas and fields marked data-keep. Never kept: anything about who the writer is.
const DAY = 24 * 60 * 60 * 1000;
const PRIVATE = "[data-private], [type=tel], [type=email], [type=password], [autocomplete=name], [autocomplete=tel]";

function guard(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    // After the event, so that the pressed button's own value is still sent.
    setTimeout(() => setBusy(form, true));
  });
  window.addEventListener("pageshow", () => {
    sent = false;
    setBusy(form, false);
  });
}

function setBusy(form, busy) {
  for (const button of form.querySelectorAll("[type=submit], button:not([type])")) {
    button.setAttribute("aria-disabled", String(busy));
  }
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? "null");
    return draft && Date.now() - draft.at < DAY ? draft.text : {};
  } catch {
    return {};
  }
}

function write(key, text) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), text }));
    return true;
  } catch {
    return false;
  }
}

function keptFields(form) {
  return [...form.querySelectorAll("textarea[name], input[data-keep][name]")].filter((field) => !field.matches(PRIVATE));
}

function keepDraft(form) {
  const key = `draft:${form.dataset.draft}`;
  const note = form.querySelector("[data-draft-note]");
  const fields = keptFields(form);
  const stored = read(key);
  const show = (visible) => note && (note.hidden = !visible);

  for (const field of fields) {
    if (!field.value && stored[field.name]) {
      field.value = stored[field.name];
      show(true);
    }
  }
  form.addEventListener("input", (event) => {
    if (!fields.includes(event.target)) return;
    const text = Object.fromEntries(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
    show(write(key, text));
  });
  form.querySelector("[data-draft-clear]")?.addEventListener("click", () => {
    localStorage.removeItem(key);
    for (const field of fields) field.value = "";
    show(false);
    fields[0]?.focus();
  });
}

document.querySelectorAll("form[data-guard]").forEach(guard);
document.querySelectorAll("form[data-draft]").forEach(keepDraft);
for (const done of document.querySelectorAll("[data-draft-done]")) {
  localStorage.removeItem(`draft:${done.dataset.draftDone}`);
}
