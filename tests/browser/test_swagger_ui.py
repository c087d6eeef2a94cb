from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

DRAFT = {"isbn": "9780261103573", "title": "The Fellowship of the Ring", "author_id": 1, "price": 12.5}


def open_operation(page, method, path):
    """Open an operation of the page and press "Try it out"."""
    page.goto("/swagger")
    summary = page.locator(f".opblock-{method}", has=page.locator(f'[data-path="{path}"]'))
    summary.locator(".opblock-summary-control").click()
    summary.locator("button.try-out__btn").click()
    return summary


def execute(operation, body):
    """Send a body and return status and JSON of the response that is shown."""
    operation.locator("textarea.body-param__text").fill(json.dumps(body, indent=2))
    operation.locator("button.execute").click()
    response = operation.locator(".live-responses-table .response")
    status = response.locator(".response-col_status").inner_text()
    shown = response.locator(".highlight-code code, .microlight").first.inner_text()
    return status.strip(), json.loads(shown)


def hosts(page):
    """Return the hosts that the page has asked for anything."""
    return {urlsplit(url).hostname for url in page.asked if url.startswith(("http", "ws"))}


def test_the_browser_has_no_network(page):
    """What the other tests show, they show without a network: nothing but this machine can be reached."""
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")


def test_swagger_ui_loads_with_nothing_but_the_function(page, server, artefacts):
    """The page shows every operation; all that it needs comes from the function, and nothing fails."""
    page.goto("/swagger")
    page.locator(".opblock").first.wait_for()

    assert page.locator(".info .title").inner_text().startswith("Bookshop")
    assert page.locator(".opblock").count() == 19
    page.screenshot(path=artefacts / "swagger-ui.png")
    assert hosts(page) == {"127.0.0.1"}
    assert page.problems == []
    assert "route=/swagger" in server.wait_for("GET /swagger 200")


def test_a_post_shows_the_validated_response(page, server, artefacts):
    """The button "Try it out" on a POST sends the body to the function and shows what it answers, with defaults."""
    operation = open_operation(page, "post", "/books")

    status, shown = execute(operation, DRAFT)

    assert status == "201"
    assert shown == {**DRAFT, "genre": "novel", "stock": 0, "tags": [], "id": shown["id"]}
    operation.locator(".live-responses-table").scroll_into_view_if_needed()
    page.screenshot(path=artefacts / "swagger-ui-post.png")
    assert "route=/books" in server.wait_for("POST /books 201")
    assert page.problems == []


def test_a_bad_body_shows_what_is_wrong_with_it(page, artefacts):
    """A body that does not fit is answered with 422, and the page shows which field is at fault."""
    operation = open_operation(page, "post", "/books")

    status, shown = execute(operation, {**DRAFT, "price": -1})

    assert status == "422"
    assert shown == {"statusCode": 422, "detail": [{"loc": ["body", "price"], "type": "greater_than"}]}
    operation.locator(".live-responses-table").scroll_into_view_if_needed()
    page.screenshot(path=artefacts / "swagger-ui-422.png")
