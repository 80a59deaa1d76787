// A button that prints the page; without scripts the browser's own menu does, and the button stays hidden.
for (const button of document.querySelectorAll("[data-print]")) {
  button.classList.remove("js-only");
  button.addEventListener("click", () => window.print());
}
