"""Chromium without a network, in front of the served bookshop or the documentation."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "serve"))  # the package of those tests, serve_support
sys.path.insert(0, str(ROOT / "tests" / "browser"))  # site_support

from serve_support.server import Server  # noqa: E402  # it is found by the line above

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    # Nothing but loopback can be reached: every other name is unknown, and there is no proxy that knows it.
    *("--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--no-proxy-server"),
]


@pytest.fixture(scope="session")
def chromium():
    """The path of Debian's Chromium."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("there is no chromium: apt-get install chromium, or name one in the variable CHROMIUM")
    return path


@pytest.fixture
def server():
    """The example in `examples/bookshop`, served."""
    bookshop = Server(["examples.bookshop.app:handler"], ROOT, dict(os.environ))
    yield bookshop
    bookshop.close()


@pytest.fixture(scope="session")
def artefacts():
    """The folder for pictures: `BROWSER_ARTEFACTS`, by default `artefacts/browser` in the repository."""
    folder = Path(os.environ.get("BROWSER_ARTEFACTS") or ROOT / "artefacts" / "browser")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def open_browser(chromium):
    """A context manager: a browser that has just been installed, in front of a URL."""
    from playwright.sync_api import sync_playwright

    @contextmanager
    def open_at(profile, url):
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch_persistent_context(
                str(profile),
                executable_path=chromium,
                headless=True,
                args=ARGUMENTS,
                viewport={"width": 1280, "height": 1000},
                base_url=url,
            )
            yield browser
            browser.close()

    return open_at


@pytest.fixture(scope="session")
def watched():
    """A function: let a page keep what it asks for in `page.asked`, and what goes wrong in `page.problems`."""

    def watch(page):
        page.set_default_timeout(20_000)
        page.problems, page.asked = [], []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("requestfailed", lambda request: page.problems.append(f"{request.url}: {request.failure}"))
        page.on("request", lambda request: page.asked.append(request.url))
        return page

    return watch


@pytest.fixture
def page(open_browser, watched, server, tmp_path):
    """A page in front of the bookshop."""
    with open_browser(tmp_path / "profile", server.url) as browser:
        yield watched(browser.new_page())
