"""The portal behind a port of this machine, and a real Chromium that uses it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from sohoa.portal.app import make_app
from sohoa.usecases.services import Services
from tests.support.portal import PASSWORD

AXE = files("axe_playwright_python") / "axe.min.js"
WIDTHS = {"phone": 360, "tablet": 768, "desk": 1280}
_HEIGHT = 800
_EXPECTED = "Failed to load resource"
"""How Chromium reports an answer that is no page: a test that asks for one looks at the status itself."""


@contextmanager
def served(services: Services) -> Iterator[str]:
    """The portal's address while the block lasts."""
    config = uvicorn.Config(make_app(services, secure=False), port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not (server.started and server.servers):
        assert thread.is_alive(), "the portal did not start"
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    path = shutil.which("chromium")
    assert path is not None, "Chromium is not installed: scripts/install"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """Somebody's tab: looks at pages, keeps pictures of them, and gathers what the console complains of."""

    page: Page
    pictures: Path
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_EXPECTED):
            self.complaints.append(message.text)

    def sign_in(self, login: str) -> None:
        self.page.goto("/login")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/search*")

    def look(self, name: str) -> None:
        """Keep a picture of the page; nothing of it is hard to use, cut off or complained of."""
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        grave = [
            f"{each['id']}: {node['html'][:200]}"
            for each in found
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        ]
        assert not grave, f"{name}: {grave}"
        wide, room = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= room, f"{name} is {wide} px wide on a screen of {room}"
        assert not self.complaints, f"{name}: {self.complaints}"


@contextmanager
def visit(
    browser: Browser, address: str, pictures: Path, width: int, language: str = "vi"
) -> Iterator[Visit]:
    """A tab of that width for somebody who reads that language."""
    with browser.new_context(base_url=address, viewport={"width": width, "height": _HEIGHT}) as context:
        context.add_cookies([{"name": "sohoa-lang", "value": language, "url": address}])
        page = context.new_page()
        yield Visit(page, pictures)
