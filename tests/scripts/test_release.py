"""The release script: versions rise by its rules, and a changelog always agrees with its version."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def repository(tmp_path):
    """A repository of one package that has not been released yet, and a function that runs the script in it."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "towncrier.toml", tmp_path)
    package = tmp_path / "packages" / "flux"
    about = package / "src" / "lambda_powertools" / "flux" / "__about__.py"
    about.parent.mkdir(parents=True)
    about.write_text('__version__ = "0.1.0"\n', encoding="utf-8")
    (package / "pyproject.toml").touch()
    (package / "changelog.d").mkdir()
    start = "# Changelog\n\n<!-- towncrier release notes start -->\n"
    (package / "CHANGELOG.md").write_text(start, encoding="utf-8")

    class Repository:
        version = property(lambda _: about.read_text(encoding="utf-8").split('"')[1])
        changelog = property(lambda _: (package / "CHANGELOG.md").read_text(encoding="utf-8"))

        def fragment(self, name, text="Something users notice."):
            (package / "changelog.d" / name).write_text(text, encoding="utf-8")

        def run(self, *arguments):
            command = [sys.executable, str(tmp_path / "scripts" / "release.py"), *arguments]
            return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

        def release(self, part):
            self.fragment("+change.added.md")
            return self.run("bump", "flux", part)

    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return Repository()


def test_first_release_keeps_the_version_and_folds_the_fragments_in(repository):
    """The version a package was born with is its first release; its fragments become the changelog and are gone."""
    repository.fragment("7.fixed.md", "A defect is mended.")

    result = repository.run("bump", "flux", "minor")

    assert result.returncode == 0, result.stderr
    assert repository.version == "0.1.0"
    assert "## 0.1.0 (" in repository.changelog
    assert "- A defect is mended. (#7)" in repository.changelog
    assert repository.run("check").returncode == 0


def test_versions_rise_by_the_part_named(repository):
    """Releases and pre-releases follow each other as their names say."""
    repository.release("patch")
    rises = [("patch", "0.1.1"), ("a", "0.1.2a1"), ("a", "0.1.2a2"), ("rc", "0.1.2rc1"), ("release", "0.1.2")]
    for part, expected in [*rises, ("minor", "0.2.0"), ("major", "1.0.0")]:
        result = repository.release(part)
        assert result.returncode == 0, result.stderr
        assert repository.version == expected


@pytest.mark.parametrize(
    ("part", "message"),
    [("typo", "'typo' is no part of a version"), ("release", "0.1.0 is no pre-release")],
)
def test_wrong_part_changes_nothing(repository, part, message):
    """A part that does not go with the version is refused, and the fragments stay."""
    repository.release("patch")
    before = repository.changelog

    result = repository.release(part)

    assert result.returncode == 1
    assert message in result.stderr
    assert (repository.version, repository.changelog) == ("0.1.0", before)


def test_nothing_to_release_is_an_error(repository):
    """A version without a change for its users is not released."""
    repository.release("patch")

    result = repository.run("bump", "flux", "patch")

    assert "nothing to release" in result.stderr
    assert repository.version == "0.1.0"


@pytest.mark.parametrize("name", ["note.md", "7.bugfix.md", "seven.fixed.md"])
def test_misnamed_fragment_is_named(repository, name):
    """A fragment that would be passed over is reported with the names that are allowed."""
    repository.fragment(name)

    result = repository.run("check")

    assert result.returncode == 1
    assert f"changelog.d/{name}: name it <number or +word>.<removed|changed|added|fixed|security>.md" in result.stderr
