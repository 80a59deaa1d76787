// The workbench with the keyboard. Everything here also works with Tab, Enter and the access keys of the page.
// Letters do nothing while somebody types in a field or chooses from a list; Escape leaves the field.
const bench = document.querySelector("[data-bench]");
const heading = document.getElementById("bench-title");
const form = document.getElementById("bench");
const TYPING = "textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=submit])";
const OFF = "intake-keys-off";
const PAUSE = 1200;

const find = (selector) => document.querySelector(selector);
const field = (name) => form?.elements.namedItem(name);

function remembered() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

let off = remembered();

function press(button) {
  if (!button) return false;
  if (button.form) button.form.requestSubmit(button);
  else button.click();
  return true;
}

function open(details) {
  if (details) details.open = true;
}

function goTo(target) {
  if (!target) return false;
  open(target.closest("details"));
  target.focus();
  target.scrollIntoView({ block: "nearest" });
  return true;
}

function chooseLevel(place) {
  const level = form?.querySelectorAll("input[name=level]")[place];
  if (!level) return false;
  level.checked = true;
  level.dispatchEvent(new Event("change", { bubbles: true }));
  say(level.closest("label")?.innerText ?? "");
  return true;
}

// What changed without the focus moving there is said once, politely.
const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");
bench?.append(status);
function say(words) {
  status.textContent = words.trim();
}

let awaitsLevel = 0;
const KEYS = {
  j: () => press(find("a[rel=next]")),
  k: () => press(find("a[rel=prev]")),
  a: () => press(find("[data-key=a]")),
  g: () => press(find("[data-key=g]")),
  c: () => goTo(field("category")),
  u: () => goTo(field("unit")),
  d: () => goTo(field("due")),
  q: () => goTo(field("question")),
  m: () => goTo(find("[data-join]")),
  l: () => Boolean((awaitsLevel = Date.now() + PAUSE)),
  "?": () => {
    const legend = find("[data-legend]");
    legend.open = !legend.open;
    return goTo(legend.querySelector("summary"));
  },
};

function digit(key) {
  const byName = Date.now() < awaitsLevel;
  awaitsLevel = 0;
  return chooseLevel(byName ? Number(key) : Number(key) - 1);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || !bench) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (press(find("[data-main]"))) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  const typing = event.target.matches?.(TYPING);
  if (event.key === "Escape" && typing) {
    heading.focus({ preventScroll: true });
    return;
  }
  if (typing || off) return;
  const done = /^[0-9]$/.test(event.key) ? digit(event.key) : KEYS[event.key.toLowerCase()]?.();
  if (done) event.preventDefault();
});

// A list is found in by the initials of what it says, as 住建局 by zjj; without a script by its own characters.
function byLetters(select) {
  const shown = select.closest(".field")?.querySelector("[data-typed]");
  let typed = "";
  let last = 0;
  const show = () => shown && (shown.textContent = typed);
  const fits = (option, how) => how((option.dataset.keys ?? "").split(" "), typed);
  const ways = [
    ([initials = "", reading = ""], letters) => initials.startsWith(letters) || reading.startsWith(letters),
    ([initials = ""], letters) => initials.includes(letters),
    ([, reading = ""], letters) => reading.includes(letters),
    ([initials = ""], letters) => {
      let from = 0;
      return [...letters].every((letter) => (from = initials.indexOf(letter, from) + 1) > 0);
    },
  ];
  select.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const back = event.key === "Backspace";
    if (!back && !/^[a-z]$/i.test(event.key)) return;
    event.preventDefault();
    const before = Date.now() - last > PAUSE ? "" : typed;
    typed = back ? before.slice(0, -1) : before + event.key.toLowerCase();
    last = Date.now();
    show();
    if (!typed) return;
    const options = [...select.options].filter((option) => option.value);
    const hit = ways.map((how) => options.find((option) => fits(option, how))).find(Boolean);
    if (!hit || hit.selected) return;
    select.value = hit.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  select.addEventListener("blur", () => {
    typed = "";
    show();
  });
}

// Another category brings what is usual for it, unless somebody has decided already.
function followCategory(category) {
  const decided = new Set();
  form.addEventListener("change", (event) => decided.add(event.target.name));
  category.addEventListener("change", () => {
    const usual = category.selectedOptions[0]?.dataset ?? {};
    const unit = field("unit");
    if (unit && !decided.has("unit")) unit.value = usual.unit ?? "";
    const level = usual.level && form.querySelector(`input[name=level][value="${usual.level}"]`);
    if (level && !decided.has("level")) level.checked = true;
  });
}

for (const name of ["unit", "category"]) {
  const select = field(name);
  if (select?.options) byLetters(select);
}
if (field("category")?.options) followCategory(field("category"));

const box = find("[data-keys-off]");
if (box) {
  box.checked = off;
  box.addEventListener("change", () => {
    off = box.checked;
    try {
      localStorage.setItem(OFF, off ? "1" : "0");
    } catch {
      // Private windows forget it.
    }
  });
}
// The page begins at its title, for those who listen; unless something is to be told first.
if (heading && !find("[data-focus]")) heading.focus({ preventScroll: true });
