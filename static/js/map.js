// Larger, smaller, and moving about. Without this script the map shows all, and a street by its filter.
// Signs keep their size on the screen: what moved aside for want of room moves back as room appears.
const NEAREST = 8;

function connect(panel) {
  const map = panel.querySelector("svg.map");
  const [, , width, height] = map.getAttribute("viewBox").split(" ").map(Number);
  const signs = [...map.querySelectorAll(".map-sign")].map((sign) => {
    const [x, y] = sign.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    return { sign, x, y, dx: Number(sign.dataset.dx), dy: Number(sign.dataset.dy) };
  });
  let scale = 1;
  let left = 0;
  let top = 0;

  function draw() {
    left = Math.min(Math.max(left, 0), width - width / scale);
    top = Math.min(Math.max(top, 0), height - height / scale);
    map.setAttribute("viewBox", `${left} ${top} ${width / scale} ${height / scale}`);
    for (const { sign, x, y, dx, dy } of signs) {
      const rest = 1 - 1 / scale;
      sign.setAttribute("transform", `translate(${x - dx * rest} ${y - dy * rest}) scale(${1 / scale})`);
    }
  }

  panel.addEventListener("click", (event) => {
    const { zoom, pan } = event.target.closest("button")?.dataset ?? {};
    if (zoom) {
      const [middleX, middleY] = [left + width / scale / 2, top + height / scale / 2];
      scale = Number(zoom) ? Math.min(Math.max(scale * Number(zoom), 1), NEAREST) : 1;
      left = middleX - width / scale / 2;
      top = middleY - height / scale / 2;
    } else if (pan) {
      const [x, y] = pan.split(" ").map(Number);
      left += (x * width) / scale / 4;
      top += (y * height) / scale / 4;
    } else {
      return;
    }
    draw();
  });

  // A sign reached by keyboard must be in sight. On the drawing itself a listener would make it a stop for Tab.
  panel.addEventListener("focusin", (event) => {
    const focused = signs.find(({ sign }) => sign === event.target.closest(".map-sign"));
    if (!focused || scale === 1) return;
    const { x, y } = focused;
    if (x < left || y < top || x > left + width / scale || y > top + height / scale) {
      left = x - width / scale / 2;
      top = y - height / scale / 2;
      draw();
    }
  });
}

document.querySelectorAll("[data-map]").forEach(connect);
