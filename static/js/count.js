// Shows how much of a limited text field is used.
for (const field of document.querySelectorAll("textarea[data-maxlength], textarea[maxlength]")) {
  const limit = Number(field.dataset.maxlength ?? field.maxLength);
  const count = document.createElement("p");
  count.className = "count";
  count.setAttribute("aria-hidden", "true");
  const show = () => {
    count.textContent = `${field.value.length} / ${limit}`;
    count.classList.toggle("over", field.value.length > limit);
  };
  field.after(count);
  field.addEventListener("input", show);
  show();
}
