"""What mkdocs calls while it builds the site: expand the directives, add the reference and the included images."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_site import includes, reference
from docs_site.directives import expand
from docs_site.project import DocsError
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

REFERENCE = "API reference"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the pages of the reference to the navigation, and let mkdocstrings read the packages."""
    for entry in config.nav or []:
        if isinstance(entry, dict) and REFERENCE in entry:
            entry[REFERENCE] = [*entry[REFERENCE], *reference.nav()]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is no file below `docs/`: pages of the reference, images of included texts."""
    for path, text in reference.pages().items():
        files.append(File.generated(config, path, content=text))
    for path, source in includes.assets().items():
        files.append(File.generated(config, path, content=Path(source).read_bytes()))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Expand the page's directives; a mistake in one ends the build and names the page."""
    try:
        return expand(markdown, page.file.src_uri)
    except DocsError as error:
        raise PluginError(str(error)) from error
