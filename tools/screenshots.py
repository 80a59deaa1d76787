"""Makes docs/img/resident.png anew: home page, form and tracking page as a resident's phone shows them.

`.venv/bin/python tools/screenshots.py [--keep FOLDER]`: loads a small demo into FOLDER (default: one that is
thrown away), serves it on a free port and photographs it with Chromium. Needs the development environment.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "img" / "resident.png"
CHROMIUM = "/usr/bin/chromium"
PHONE: ViewportSize = {"width": 390, "height": 844}
CASES = 300
SCALE = 2  # photographed twice as fine as shown, so that the smaller picture is smooth
GAP, RADIUS, COLOURS = 36, 28, 256
PAPER, LINE = "#f1ece5", "#d5cdc2"
LARGEST = 250_000
TEXT = (
    "晚上七点以后小区里没有地方停车，消防通道也停满了。希望在西侧空地划一些车位，再把消防通道用隔离桩隔开。"
)


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run((sys.executable, "manage.py", *arguments), cwd=ROOT, env=environment, check=True)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The demo's address while it is served."""
    environment = {**os.environ, "DATA_DIR": str(folder), "DEMO": "1", "DEBUG": "1"}
    environment.pop("DATABASE_URL", None)
    manage(environment, "compile_translations")
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "createcachetable", "--verbosity", "0")
    manage(environment, "demo", "--suggestions", str(CASES))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        (sys.executable, "-m", "gunicorn", "congress_portal.wsgi", "--bind", f"127.0.0.1:{port}",
         "--threads", "4", "--log-level", "warning", "--no-control-socket"),
        cwd=ROOT, env=environment,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait()


def wait(url: str, seconds: int = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def photograph(page: Page, address: str, folder: Path) -> list[Path]:
    """The three screens, in the order in which a resident meets them."""
    files = [folder / f"{name}.png" for name in ("home", "form", "tracking")]
    page.goto(f"{address}/")
    page.screenshot(path=files[0])
    page.goto(f"{address}/suggestions/new/")
    page.locator("textarea[name=text]").fill(TEXT)
    page.locator("input[name=category][value=PARKING]").check()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.screenshot(path=files[1])
    page.goto(f"{address}/accounts/login/?next=/suggestions/mine/")
    page.locator("input[name=login]").fill("resident")
    page.locator("input[name=password]").fill(os.environ.get("DEMO_PASSWORD") or "demo")
    page.locator("main form button").first.click()
    page.wait_for_url("**/suggestions/mine/")
    replied = page.locator(".queue-row:has([data-state=replied])")
    (replied if replied.count() else page.locator(".queue-row")).locator("a.title").first.click()
    page.locator(".steps").wait_for()
    page.screenshot(path=files[2])
    return files


def compose(files: list[Path], target: Path) -> None:
    """Side by side with round corners, in few colours."""
    wide, high = PHONE["width"], PHONE["height"]
    picture = Image.new("RGB", (GAP + len(files) * (wide + GAP), high + 2 * GAP), PAPER)
    mask = Image.new("L", (wide * SCALE, high * SCALE), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *mask.size), RADIUS * SCALE, fill=255)
    frame = ImageDraw.Draw(picture)
    for place, file in enumerate(files):
        left = GAP + place * (wide + GAP)
        with Image.open(file) as screen:
            smaller = screen.convert("RGB").resize((wide, high), Image.Resampling.LANCZOS)
        picture.paste(smaller, (left, GAP), mask.resize((wide, high), Image.Resampling.LANCZOS))
        frame.rounded_rectangle((left - 1, GAP - 1, left + wide, GAP + high), RADIUS, outline=LINE, width=2)
    target.parent.mkdir(parents=True, exist_ok=True)
    # This way a colour that is rare but strong, as that of links, is not averaged away.
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    size = target.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{target} has {size} bytes; use fewer COLOURS.")
    print(f"{target.relative_to(ROOT)}: {size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder of the demo's data, used again if it is there")
    kept = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder)
        data = kept or photos / "data"
        data.mkdir(parents=True, exist_ok=True)
        with served(data) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
            )
            page = browser.new_page(viewport=PHONE, locale="zh-CN", device_scale_factor=SCALE)
            files = photograph(page, address, photos)
            browser.close()
        compose(files, TARGET)


if __name__ == "__main__":
    main()
