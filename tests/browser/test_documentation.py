from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from site_support import broken_links, documents, served

pytestmark = pytest.mark.browser

SITE = Path(__file__).parent.parent.parent / "artefacts" / "site"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
SHOWN = ["", "getting-started/", "utilities/logger/", "guides/architecture/", "guides/performance/", "reference/core/"]
"""The pages of which pictures are taken."""


@pytest.fixture(scope="module")
def site():
    """The folder with the built site."""
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no built site: run `hatch run docs:build` first")
    return SITE


@pytest.fixture(scope="module")
def pages(site):
    """Every page of the site, read."""
    return documents(site)


@pytest.fixture(scope="module")
def url(site):
    """Where the site is served."""
    with served(site) as url:
        yield url


@pytest.fixture(scope="module")
def browser(open_browser, tmp_path_factory, url):
    """A browser for all tests of the site; a test opens pages of its own in it."""
    with open_browser(tmp_path_factory.mktemp("profile"), url) as context:
        yield context


@pytest.fixture
def page(browser, watched):
    """A page of the browser; what goes wrong in it is in `page.problems`."""
    page = watched(browser.new_page())
    yield page
    page.close()


def written(pages):
    """Return the paths of the pages that people have written; those of the reference are generated, and alike."""
    return [path for path in pages if path != "404.html" and not path.startswith("reference/")]


def test_no_link_and_no_anchor_is_broken(site, pages):
    """Every link of every page leads to a page, a file or a heading that there is."""
    assert len(pages) > 100
    assert broken_links(site, pages) == []


def test_no_page_loads_anything_from_elsewhere(pages):
    """No page names a script, style, font, image or frame of another host."""
    hosts = {urlsplit(load).netloc for document in pages.values() for load in document.loads}

    assert hosts == {""}


def test_reading_the_site_asks_nobody_but_the_site(page, pages):
    """A browser that opens every written page asks its own host only, and nothing that it asks for fails."""
    refused = []
    page.on("response", lambda response: response.ok or refused.append(f"{response.url}: {response.status}"))
    for path in written(pages):
        page.goto(f"/{path}", wait_until="load")

    assert {urlsplit(url).hostname for url in page.asked if url.startswith(("http", "ws"))} == {"127.0.0.1"}
    # What is still under way when the next page is opened is aborted by the browser itself.
    assert [problem for problem in page.problems if not problem.endswith("net::ERR_ABORTED")] == []
    assert [answer for answer in refused if not answer.endswith(": 304")] == []


@pytest.mark.parametrize(("word", "title"), [("idempotency", "Idempotency"), ("batchItemFailures", "Batch")])
def test_search_finds_a_word(page, artefacts, word, title):
    """What is typed into the search is found, and the result leads to the page about it."""
    page.goto("/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(word)
    result = page.locator(".md-search-result__link", has=page.locator("h1", has_text=title)).first
    result.wait_for()
    page.screenshot(path=artefacts / f"docs-search-{word}.png")
    result.click()
    page.wait_for_url("**/utilities/**")

    assert page.locator("h1").first.inner_text().startswith(title)
    assert page.problems == []


def test_no_page_is_wider_than_a_phone(page, pages):
    """On a screen of 390 by 844 no written page, and no package's page of the reference, has to be moved sideways."""
    page.set_viewport_size(PHONE)
    too_wide = {}
    for path in [*written(pages), *(path for path in pages if path.startswith("reference/") and path.count("/") == 2)]:
        page.goto(f"/{path}", wait_until="domcontentloaded")
        width = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
        if width > PHONE["width"]:
            too_wide[path] = width

    assert too_wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("device", "size"), [("phone", PHONE), ("desktop", DESKTOP)], ids=["phone", "desktop"])
def test_pages_have_their_look_in_both_colours(page, artefacts, scheme, device, size):
    """The scheme that the reader's system asks for is the one that is shown, on small and large screens."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.add_init_script("localStorage.clear()")  # what an earlier reader has chosen would win
    for path in SHOWN:
        page.goto(f"/{path}", wait_until="load")
        name = path.strip("/").replace("/", "-") or "home"
        page.screenshot(path=artefacts / f"docs-{name}-{device}-{scheme}.png")

        shown = page.locator("body").get_attribute("data-md-color-scheme")
        assert shown == {"light": "default", "dark": "slate"}[scheme]
