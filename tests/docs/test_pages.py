"""Every page runs, is found in the navigation, and tells of what there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec

import pytest
from docs_site import plugins, project, reference
from docs_site.directives import DIRECTIVE, expanded

BLOCK = re.compile(r"^```python(?P<info>[^\n]*)\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"(?:^ {4}|`|\| )powertools ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)", re.MULTILINE)
PAGES = sorted(project.pages())
WITHOUT_EXAMPLES = {
    "guides/contributing.md",  # commands of the repository
    "guides/layers.md",  # a command that asks a package index
    "guides/performance.md",  # figures
    "reference/index.md",  # tells what the reference is
    "utilities/index.md",  # a list of the utilities
}
TEXTS = {page: expanded(page) for page in PAGES}


def run(command, folder):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("POWERTOOLS_", "AWS_"))}
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def navigation(entries):
    """Yield the files that a navigation names."""
    for entry in entries:
        for value in entry.values() if isinstance(entry, dict) else [entry]:
            yield from navigation(value) if isinstance(value, list) else [value]


@pytest.mark.parametrize("page", [page for page in PAGES if page not in WITHOUT_EXAMPLES])
def test_the_examples_of_a_page_run(page, tmp_path):
    """The python blocks of a page, included ones among them, run one after the other, as a reader would paste them."""
    blocks = [match["code"] for match in BLOCK.finditer(TEXTS[page])]
    assert blocks, "a page without an example"
    script = tmp_path / "page.py"
    script.write_text("\n\n".join(blocks), encoding="utf-8")

    result = run([sys.executable, str(script)], tmp_path)

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("page", sorted(WITHOUT_EXAMPLES))
def test_pages_without_examples_are_known(page):
    """A page that is exempt from having an example has none, so that none goes without being run."""
    assert BLOCK.search(TEXTS[page]) is None


def test_the_test_module_that_a_page_shows_passes(tmp_path):
    """The module of tests in the guide passes under pytest, with what the page has defined before it."""
    blocks = list(BLOCK.finditer(TEXTS["guides/testing.md"]))
    (position,) = [number for number, block in enumerate(blocks) if 'title="test_orders.py"' in block["info"]]
    script = tmp_path / "test_orders.py"
    script.write_text("\n\n".join(block["code"] for block in blocks[: position + 1]), encoding="utf-8")

    result = run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(script)], tmp_path
    )

    assert result.returncode == 0, result.stdout + result.stderr
    assert "2 passed" in result.stdout


def test_every_page_is_in_the_navigation(config):
    """Each file below docs/ is named in the navigation, once, and each name there is a file."""
    named = list(navigation(config["nav"]))

    assert sorted(named) == PAGES


@pytest.mark.parametrize("package", project.packages(), ids=lambda package: package.name)
def test_every_package_has_a_page(package):
    """A page covers the package: with an example, its options, variables, errors, and a link to its reference."""
    page = project.homes()[f"packages/{package.name}"]
    source = (project.PAGES / page).read_text(encoding="utf-8")
    asked = {
        (match["name"], match["arguments"].split()[0])
        for match in DIRECTIVE.finditer(source)
        if match["arguments"].strip()
    }

    assert f"../reference/{package.name}.md" in source
    assert BLOCK.search(source)
    if (package.source / "exceptions.py").is_file():
        assert ("errors", f"{package.module}.exceptions") in asked
    if package.name not in {"cli", "compat", "jmespath", "testing"}:  # these say in words that they read none
        assert ("settings", package.name) in asked
    for plugin in plugins.plugins():
        if plugin.package == package.name and plugin.options:
            assert ("options", f"{package.module}.plugin:{plugin.options}") in asked


def test_every_documented_command_exists():
    """A command of `powertools` that a page names is one."""
    from lambda_powertools.cli.main import main

    named = {match[1] for text in TEXTS.values() for match in COMMAND.finditer(text)}
    assert {"doctor", "freeze", "invoke app"} <= named

    import click

    context = click.Context(main)
    commands = set(main.list_commands(context))
    unknown = {words for words in named if words.split()[0] not in commands}

    assert unknown == set()


def test_every_public_module_is_in_the_reference():
    """The reference names every public module that defines or exports something; each of them can be imported."""
    text = "\n".join(reference.pages().values())
    for package in project.packages():
        for module, names in reference.contents(package):
            assert not names or f"::: {module}.{names[0]}\n" in text
            assert find_spec(module) is not None


def test_what_a_class_has_from_a_private_one_is_in_the_reference():
    """The methods of a logger, most of which it inherits from private classes, are shown with it."""
    assert (
        "::: lambda_powertools.logger.Logger\n    options:\n      inherited_members: true\n"
        in (reference.pages()["reference/logger.md"])
    )


def test_everything_that_a_package_exports_is_in_the_reference():
    """Each class and function in a package's `__all__` is documented, but for those of other libraries."""
    for package in project.packages():
        documented = {name for _, names in reference.contents(package) for name in names}
        loaded = import_module(package.module)
        exported = {
            name
            for name in reference.exported(package.source / "__init__.py")
            if getattr(getattr(loaded, name), "__module__", "").startswith(package.module)
        }
        missing = exported - documented

        assert not missing, f"{package.name}: {sorted(missing)}"
