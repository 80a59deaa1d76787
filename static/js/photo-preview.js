// Shows chosen photos before they are sent. Drawn on a canvas: the content policy allows no blob images.
const SIZE = 176;

async function draw(file) {
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement("canvas");
  const side = Math.min(bitmap.width, bitmap.height);
  canvas.width = canvas.height = SIZE;
  canvas
    .getContext("2d")
    .drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, SIZE, SIZE);
  bitmap.close();
  return canvas;
}

async function item(file) {
  const entry = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  try {
    entry.append(await draw(file));
  } catch {
    // Not a picture this browser can read; the server decides about it.
  }
  entry.append(name);
  return entry;
}

for (const input of document.querySelectorAll("input[type=file][data-preview]")) {
  const list = document.createElement("ul");
  list.className = "preview-list";
  input.after(list);
  input.addEventListener("change", async () => {
    const files = [...input.files].slice(0, Number(input.dataset.max ?? 6));
    const entries = [];
    // One after the other: several large photos at once can exhaust an old phone.
    for (const file of files) entries.push(await item(file));
    list.replaceChildren(...entries);
  });
}
