"""Directives are expanded as they say; a mistake in one names the page and the mend."""

from __future__ import annotations

import pytest
from docs_site import includes
from docs_site.directives import expand
from docs_site.project import DocsError

PAGE = "utilities/logger.md"


def test_a_section_is_included_without_its_neighbours():
    """Of a README only the sections that are asked for are taken, in the order asked for."""
    text = expand('<!-- docs:readme logger only="Formats; Keys" -->', PAGE)

    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["## Formats", "## Keys"]


def test_a_title_and_what_is_left_out_are_not_included():
    """A whole README comes without its title, its introduction, and the sections and tables that are left out."""
    text = expand('<!-- docs:readme logger without="Formats" drop="`log_event`" -->', PAGE)

    assert "## Keys" in text
    assert "# lambda-powertools-logger" not in text
    assert "## Formats" not in text
    assert "| `log_event` |" not in text


def test_a_comment_in_code_is_no_heading():
    """A line that begins with hash signs inside of code does not end a section."""
    lines = ["## One", "```python", "## no heading", "```", "text", "## Two"]

    assert [title for _, title, _ in includes.sections(lines)] == ["", "One", "Two"]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("#keys", "#keys"),
        ("https://example.org/a.md", "https://example.org/a.md"),
        ("../testing/README.md", "testing.md"),
        ("../event-handler/docs/routing.md#async", "event-handler-routing.md#async"),
        ("../../benchmarks/results.svg", "../assets/included/benchmarks/results.svg"),
        ("../../docs/index.md", "../index.md"),
        ("../core/src/lambda_powertools/core/hookspecs.py", "../reference/core.md"),
    ],
)
def test_a_link_of_an_included_text_leads_to_the_page(link, expected):
    """Links between files of the repository become links between the pages that cover them."""
    (line,) = includes.relinked([f"See [it]({link})."], "packages/logger", PAGE)

    assert line == f"See [it]({expected})."


def test_a_link_in_code_is_left_alone():
    """What looks like a link inside of code stays as it is."""
    lines = ["```python", "handlers[name](../event)", "```"]

    assert list(includes.relinked(lines, "packages/logger", PAGE)) == lines


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        ("<!-- docs:readm logger -->", "there is no directive 'readm'"),
        ("<!-- docs:readme loger -->", "includes 'packages/loger/README.md', which does not exist"),
        ('<!-- docs:readme logger only="Kees" -->', "has no section 'Kees': it has"),
        ('<!-- docs:readme logger drop="`nothing`" -->', "has no table that begins with '`nothing`'"),
        ('<!-- docs:readme logger onyl="Keys" -->', "unexpected keyword argument 'onyl'"),
        ("<!-- docs:options lambda_powertools.logger.plugin:Nothing -->", "has no 'Nothing'"),
        ("<!-- docs:options lambda_powertools.nothing:Nothing -->", "there is no module 'lambda_powertools.nothing'"),
        ("<!-- docs:settings nothing -->", "there is no package 'nothing'"),
        ("<!-- docs:errors lambda_powertools.logger.plugin -->", "defines no exception"),
        ("<!-- docs:include SECURITY.md intro=yes -->", None),
    ],
)
def test_a_mistake_is_one_clear_error(directive, message):
    """A directive that cannot be expanded says what is wrong; one that can says nothing."""
    if message is None:
        assert "Report a weakness privately" in expand(directive, "index.md")
        return
    with pytest.raises(DocsError) as raised:
        expand(directive, PAGE)

    assert message in str(raised.value)


def test_a_link_that_no_page_covers_is_an_error():
    """An included text may not link to a file that the site has no page for."""
    with pytest.raises(DocsError, match="no page covers 'hatch.toml'"):
        list(includes.relinked(["[it](../../hatch.toml)"], "packages/logger", PAGE))
