// A template goes where the cursor stands. Without this script the server adds it to what was typed.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-phrase]");
  const field = link && document.getElementById(link.dataset.into);
  if (!field || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { selectionStart: start, selectionEnd: end, value } = field;
  // A field nobody has been in yet: the words go behind what stands there.
  const place = document.activeElement === field || field.dataset.visited ? [start, end] : [value.length, value.length];
  const gap = value && place[0] === value.length && !value.endsWith("\n") ? "\n\n" : "";
  field.focus();
  field.setRangeText(gap + link.dataset.phrase, place[0], place[1], "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("textarea")) event.target.dataset.visited = "1";
});
