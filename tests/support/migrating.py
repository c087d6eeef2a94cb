"""Runs `powertools migrate` on files of a test."""

from __future__ import annotations

import json
import textwrap
from inspect import signature
from typing import TYPE_CHECKING

from click.testing import CliRunner

from lambda_powertools.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


def migrate(*arguments):
    """Run the command in this process and return how it ended."""
    separated = {"mix_stderr": False} if "mix_stderr" in signature(CliRunner).parameters else {}  # click before 8.2
    return CliRunner(**separated).invoke(main, ["migrate", *map(str, arguments)])


class Project:
    """A folder with files, and what the command makes of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name, text):
        """Write a file, with the indentation of the test taken away."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    def read(self, name):
        """Return the text of a file."""
        return (self.folder / name).read_text(encoding="utf-8")

    def migrate(self, *options):
        """Migrate the whole folder, and return the document that the command prints."""
        result = migrate(self.folder, "--json", *options)
        assert result.exit_code in {0, 1}, result.output
        return json.loads(result.stdout)

    def code(self, text, *options):
        """Return what becomes of the code of one file, and the lines and texts of the notes."""
        path = self.write("app.py", text)
        document = self.migrate(*options)
        notes = [(note["line"], note["text"]) for file in document["files"] for note in file["notes"]]
        assert [file["error"] for file in document["files"] if file["error"]] == []
        return path.read_text(encoding="utf-8"), notes
