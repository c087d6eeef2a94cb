from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from lambda_powertools.cli import __version__
from lambda_powertools.cli.main import main

COMMANDS = main.list_commands(click.Context(main))


def leaves(command, path=()):
    """Give each command that does something, with the words that lead to it."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        yield from leaves(command.get_command(context, name), (*path, name))


def test_help_lists_the_commands_by_what_they_are_for():
    """--help names each command once, below a heading, whole, and the exit codes."""
    result = CliRunner().invoke(main, ["--help"], env={"COLUMNS": "80"})

    assert result.exit_code == 0
    lines = result.output.splitlines()
    for command in COMMANDS:
        assert [line.startswith(f"  {command} ") for line in lines].count(True) == 1
    for heading in ("Run:", "Look inside:", "Deploy:"):
        assert heading in lines
    assert "Exit codes: 0" in result.output
    assert "..." not in result.output.partition("Options:")[2]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("path", [path for path, _ in leaves(main)], ids=" ".join)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_explains_itself_within_80_columns(path, flag):
    """Each command has help, and so has each of its options."""
    result = CliRunner().invoke(main, [*path, flag], env={"COLUMNS": "80"})

    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) <= 80
    command = dict(leaves(main))[path]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize(
    ("word", "mend"), [("plugin", "did you mean 'plugins'?"), ("zzzz", "powertools --help lists what there is")]
)
def test_a_misspelt_command_is_told_with_what_was_meant(word, mend):
    """The exit code is 2, and the message names the mend."""
    result = CliRunner().invoke(main, [word])

    assert result.exit_code == 2
    assert f"There is no command '{word}': {mend}" in result.output


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_a_shell(shell):
    """What is printed asks the command for completions."""
    result = CliRunner().invoke(main, ["completion", shell])

    assert result.exit_code == 0
    assert f"_POWERTOOLS_COMPLETE={shell}_complete" in result.output


def test_a_shell_is_given_the_commands_that_begin_with_a_word():
    """The installed command answers as its completion script asks it to."""
    program = Path(sys.executable).parent / "powertools"
    asked = {"_POWERTOOLS_COMPLETE": "bash_complete", "COMP_WORDS": "powertools p", "COMP_CWORD": "1"}
    environment = {**os.environ, **asked}

    result = subprocess.run([program], env=environment, capture_output=True, text=True, check=True)

    assert result.stdout.split() == ["plain,plugins"]


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
