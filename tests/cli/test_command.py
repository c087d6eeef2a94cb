from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from lambda_powertools.cli import __version__
from lambda_powertools.cli.main import main


def test_help_lists_the_commands():
    """--help names the four commands and the exit codes."""
    result = CliRunner().invoke(main, ["--help"])

    assert result.exit_code == 0
    for command in ("plugins", "invoke", "freeze", "doctor"):
        assert f"\n  {command} " in result.output
    assert "Exit codes: 0" in result.output


@pytest.mark.parametrize("command", ["plugins", "invoke", "freeze", "doctor", "events", "new"])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_explains_itself_within_80_columns(command, flag):
    """Each command has help, and so has each of its options."""
    result = CliRunner().invoke(main, [command, flag])

    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) <= 80
    options = [parameter for parameter in main.commands[command].params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_version_is_the_distribution_s():
    """--version names command and version."""
    assert CliRunner().invoke(main, ["--version"]).output == f"powertools, version {__version__}\n"


def test_command_starts_without_loading_what_it_may_not_need():
    """Help comes without rich, pytest and the emulator being imported."""
    code = (
        "import sys; from lambda_powertools.cli.main import main; "
        "print([name for name in ('rich', 'pytest', 'samcli', 'awslambdaric') if name in sys.modules])"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
