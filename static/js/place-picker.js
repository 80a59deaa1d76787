// Choosing a street leaves only its communities in the second list.
// Without this script both lists are complete and the second is grouped by street.
function entriesOf(select) {
  return [...select.querySelectorAll("option")].map((option) => ({
    option,
    street: option.dataset.street ?? option.closest("optgroup")?.label ?? "",
  }));
}

function connect(streets) {
  const select = document.getElementById(streets.dataset.places);
  if (!select) return;
  const full = [...select.children];
  const entries = entriesOf(select);

  function filter() {
    const chosen = streets.value;
    const label = streets.selectedOptions[0]?.textContent.trim();
    const before = select.value;
    if (!chosen) {
      for (const { option, street } of entries) {
        full.find((child) => child.tagName === "OPTGROUP" && child.label === street)?.append(option);
      }
      select.replaceChildren(...full);
    } else {
      const kept = entries.filter(({ option, street }) => !option.value || !street || street === chosen || street === label);
      select.replaceChildren(...kept.map(({ option }) => option));
    }
    select.value = before;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }

  streets.addEventListener("change", filter);
  if (streets.value) filter();
}

document.querySelectorAll("select[data-places]").forEach(connect);
