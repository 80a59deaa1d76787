// Loaded on every page: says that scripts run, and brings an error summary into view.
document.documentElement.classList.add("has-js");
document.querySelector("[data-focus]")?.focus();
for (const menu of document.querySelectorAll(".nav-menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") menu.open = false;
  });
}
