// Shows only what belongs to the chosen way of handling, and narrows a long list of units to what is typed.
// Without this script everything is there, and what does not apply is not looked at.
const parts = document.querySelectorAll("[data-of-way]");

function showWay() {
  const way = document.querySelector("input[name=way]:checked")?.value;
  for (const part of parts) part.hidden = Boolean(way) && !part.dataset.ofWay.split(" ").includes(way);
}

for (const radio of document.querySelectorAll("input[name=way]")) radio.addEventListener("change", showWay);
showWay();

for (const search of document.querySelectorAll("[data-narrows]")) {
  const list = document.getElementById(search.dataset.narrows);
  search.closest("[data-narrowing]").hidden = false;
  search.addEventListener("input", () => {
    const words = search.value.trim();
    for (const choice of list.querySelectorAll("label")) {
      // What is ticked stays in sight.
      choice.hidden = !choice.textContent.includes(words) && !choice.querySelector("input").checked;
    }
  });
  // Enter would send the form.
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
