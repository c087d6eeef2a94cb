from __future__ import annotations

import json
import os
import stat
import subprocess
import sys

import pytest
from click.testing import CliRunner
from migrating import Project, migrate

from lambda_powertools.cli.main import main

OLD = "from aws_lambda_powertools import Logger\n"
NEW = "from lambda_powertools.logger import Logger\n"


@pytest.fixture
def project(tmp_path):
    """An empty folder."""
    return Project(tmp_path)


def test_a_file_with_a_syntax_error_is_left_and_the_others_are_done(project):
    """The file is named with the place of the error, and the exit code is 1."""
    project.write("a.py", OLD)
    project.write("b.py", f"{OLD}def (:\n")
    project.write("c.py", OLD)
    result = migrate(project.folder)

    assert result.exit_code == 1
    assert "b.py: left alone, no Python that can be read: line 2" in result.stderr
    assert [project.read(name) for name in ("a.py", "b.py", "c.py")] == [NEW, f"{OLD}def (:\n", NEW]


def test_a_dry_run_prints_a_diff_and_writes_nothing(project):
    """--dry-run shows what would change, as a diff that patch applies."""
    path = project.write("app.py", f"x = 1\n{OLD}")
    result = migrate(project.folder, "--dry-run")

    assert result.exit_code == 0
    assert project.read("app.py") == f"x = 1\n{OLD}"
    patched = subprocess.run(
        ["patch", "-p0", str(path)], input=result.stdout, text=True, capture_output=True, check=False
    )
    assert patched.returncode == 0, patched.stderr
    assert project.read("app.py") == f"x = 1\n{NEW}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OLD.replace("\n", "\r\n"), NEW.replace("\n", "\r\n")),
        (f"\ufeff{OLD}", f"\ufeff{NEW}"),
        (f"a = 1\r\n{OLD}b = 2\r\n", f"a = 1\r\n{NEW}b = 2\r\n"),
        (OLD.rstrip(), NEW.rstrip()),
        (f"\x0c\n{OLD}if x:\n\ty = 1\n", f"\x0c\n{NEW}if x:\n\ty = 1\n"),
    ],
)
def test_line_ends_and_marks_stay(project, before, after):
    """Line ends, also mixed ones, a byte order mark, tabs and a missing last line end are kept byte for byte."""
    (project.folder / "app.py").write_bytes(before.encode())
    migrate(project.folder)

    assert (project.folder / "app.py").read_bytes() == after.encode()


def test_line_ends_that_cannot_be_kept_are_told_of(project):
    """A file that would change where nothing is to be changed is left alone."""
    (project.folder / "app.py").write_bytes(f"{OLD}b = 2\r".encode())
    result = migrate(project.folder)

    assert (result.exit_code, (project.folder / "app.py").read_bytes()) == (1, f"{OLD}b = 2\r".encode())
    assert "app.py: left alone, its line ends cannot be kept" in result.stderr


def test_the_encoding_that_is_declared_stays(project):
    """A file in another encoding is read and written in it."""
    text = f"# -*- coding: latin-1 -*-\n{OLD}name = 'é'\n"
    (project.folder / "app.py").write_bytes(text.encode("latin-1"))
    migrate(project.folder)

    assert (project.folder / "app.py").read_bytes() == text.replace(OLD, NEW).encode("latin-1")


@pytest.mark.parametrize("data", [b"# coding: no-such\n", b"# \xff\n", b"\x00aws_lambda_powertools"])
def test_a_file_that_cannot_be_read_is_named(project, data):
    """What is in no known encoding, or is no text, is left alone and the exit code is 1."""
    (project.folder / "app.py").write_bytes(data)
    result = migrate(project.folder)

    assert (result.exit_code, (project.folder / "app.py").read_bytes()) == (1, data)
    assert "app.py: left alone" in result.stderr


def test_permissions_and_links_stay(project):
    """A script stays executable, and a link a link."""
    target = project.write("real.py", OLD)
    target.chmod(0o750)
    link = project.folder / "link.py"
    link.symlink_to(target)
    migrate(link)

    assert link.is_symlink()
    assert (project.read("real.py"), stat.S_IMODE(target.stat().st_mode)) == (NEW, 0o750)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(project):
    """A file that cannot be written is as it was, and nothing is left beside it."""
    project.write("locked/app.py", OLD)
    (project.folder / "locked").chmod(0o500)
    try:
        result = migrate(project.folder)
        assert result.exit_code == 1
        assert "cannot be written" in result.stderr
        assert project.read("locked/app.py") == OLD
    finally:
        (project.folder / "locked").chmod(0o700)


def test_a_file_is_written_whole_or_not_at_all(project, monkeypatch):
    """When writing fails the file is as it was, the others are written, and no temporary file is left."""
    import lambda_powertools.cli._files as files

    project.write("a.py", OLD)
    project.write("b.py", OLD)
    replace = files.Path.replace

    def failing(path, target):
        if target.name == "a.py":
            raise OSError("the disk is full")
        return replace(path, target)

    monkeypatch.setattr(files.Path, "replace", failing)
    result = migrate(project.folder)

    assert result.exit_code == 1
    assert "a.py: left alone, cannot be written: the disk is full" in result.stderr
    assert [project.read(name) for name in ("a.py", "b.py")] == [OLD, NEW]
    assert sorted(path.name for path in project.folder.iterdir()) == ["a.py", "b.py"]


def test_folders_that_are_not_the_project_s_are_skipped(project):
    """Virtual environments, installed packages, hidden folders and node_modules are left alone."""
    folders = [".git", "node_modules/x", "lib/site-packages/x", "venv/lib", "src"]
    for folder in folders:
        project.write(f"{folder}/a.py", OLD)
    (project.folder / "venv/pyvenv.cfg").touch()
    migrate(project.folder)

    assert [project.read(f"{folder}/a.py") for folder in folders] == [OLD, OLD, OLD, OLD, NEW]


def test_json_says_what_became_of_each_file(project):
    """--json has every file that changed, needs a hand or failed."""
    project.write("a.py", OLD)
    project.write("b.py", "from aws_lambda_powertools.logging import *\n")
    project.write("c.py", "aws_lambda_powertools =\n")
    project.write("d.py", "import os\n")
    result = migrate(project.folder, "--json")
    document = json.loads(result.stdout)
    files = {os.path.basename(file["path"]): file for file in document["files"]}  # noqa: PTH119  # a text

    assert (result.exit_code, document["written"], document["failed"]) == (1, True, True)
    assert sorted(files) == ["a.py", "b.py", "c.py"]
    assert [files[name]["changed"] for name in sorted(files)] == [True, False, False]
    assert [note["line"] for note in files["b.py"]["notes"]] == [1]
    assert files["c.py"]["error"].startswith("no Python")
    assert files["a.py"]["diff"].splitlines()[-2:] == [f"-{OLD.strip()}", f"+{NEW.strip()}"]


def test_the_summary_counts(project):
    """What was done is listed, file by file, and counted."""
    project.write("a.py", OLD)
    project.write("b.py", "from aws_lambda_powertools.logging import *\n")
    result = migrate(project.folder)

    assert result.stdout == f"{project.folder / 'a.py'}: migrated\n"
    assert result.stderr.splitlines()[0].startswith(f"{project.folder / 'b.py'}:1: from aws_lambda_powertools")
    assert result.stderr.splitlines()[-1] == "1 file migrated, 1 place needs a hand"


def test_a_path_that_is_not_there_is_refused():
    """The exit code is 2, and the path is named."""
    result = migrate("no-such-folder")

    assert result.exit_code == 2
    assert "no-such-folder" in result.stderr


def test_without_the_extra_the_command_says_what_to_install(project, monkeypatch):
    """The command is there without its libraries, and names the extra that brings them."""
    monkeypatch.setitem(sys.modules, "libcst", None)
    for name in [name for name in sys.modules if name.startswith("lambda_powertools.cli._migrate.")]:
        if not name.endswith(("command", "table", "lookup")):
            monkeypatch.delitem(sys.modules, name)
    result = migrate(project.folder)

    assert result.exit_code == 1
    assert "pip install 'lambda-powertools-cli[migrate]'" in result.stderr


def test_the_help_explains_itself_without_the_libraries():
    """--help imports no libcst and names the options."""
    code = "import sys; from lambda_powertools.cli.main import main; main(['migrate', '--help'], standalone_mode=False)"
    finished = subprocess.run(
        [sys.executable, "-c", f"{code}; assert 'libcst' not in sys.modules"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert all(option in finished.stdout for option in ("--decorators", "--dry-run", "--json", "virtual environments"))
    assert CliRunner().invoke(main, ["migrate", "--help"]).output.count("powertools migrate") >= 2
