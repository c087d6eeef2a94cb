"""`powertools events`: complete events of every source, on stdout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lambda_powertools.cli.exceptions import CliUsageError

if TYPE_CHECKING:
    from lambda_powertools.testing.events import EventParameter


class _Sources(click.Group):
    """A command for each source, made of what is known of it when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's
        from lambda_powertools.testing.events import SOURCES

        return [_dashed(name) for name in SOURCES]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from lambda_powertools.core.suggestions import did_you_mean
        from lambda_powertools.testing.events import SOURCES, describe_source

        name = cmd_name.replace("-", "_")
        if name not in SOURCES:
            hint = did_you_mean(cmd_name, self.list_commands(ctx))
            raise CliUsageError(f"there is no source {cmd_name!r}{hint}; powertools events list shows all")
        source = describe_source(name)
        text = f"{source.summary}\n\npowertools events list names the page that documents its format."

        def generate(**given: Any) -> None:
            _print(name, given)

        parameters: list[click.Parameter] = [_option(parameter) for parameter in source.parameters]
        return click.Command(cmd_name, callback=generate, params=parameters, help=text, short_help=source.summary)


@click.group()
def events() -> None:
    """Generate events, as every source sends them, for tests and for powertools invoke.

    \b
    Examples:
      powertools events list
      powertools events generate sqs --body '{"id": 7}' > event.json
      powertools events generate http-api --method POST --body @order.json
      powertools events generate s3 | powertools invoke app:handler -e -
    """  # noqa: D301  # click takes the escape itself for "do not rewrap"


@events.command("list")
def list_sources() -> None:
    """List the sources as JSON: name, what it is, and where AWS documents the format."""
    from lambda_powertools.testing.events import SOURCES, describe_source

    described = (describe_source(name) for name in SOURCES)
    _write(
        [
            {
                "name": _dashed(source.name),
                "summary": source.summary,
                "reference": source.reference,
                "options": [f"--{_dashed(parameter.name)}" for parameter in source.parameters],
            }
            for source in described
        ]
    )


@events.group(cls=_Sources)
def generate() -> None:
    """Write an event of a source to stdout, as JSON; without options a complete example.

    The same call writes the same event every time. Options that take JSON, and bodies, may be @FILE.
    """


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _option(parameter: EventParameter) -> click.Option:
    name = f"--{_dashed(parameter.name)}"
    if parameter.kind == "boolean":
        return click.Option([f"{name}/--no-{name[2:]}", parameter.name], default=None, help=parameter.description)
    shown = "" if parameter.default in (None, ()) else f"  [default: {_text(parameter.default)}]"
    return click.Option(
        [name, parameter.name],
        type=click.INT if parameter.kind == "integer" else _Value(parameter.kind),
        metavar={"integer": "N", "text": "TEXT", "payload": "TEXT|@FILE"}.get(parameter.kind, "JSON|@FILE"),
        help=f"{parameter.description}{shown}",
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


class _Value(click.ParamType):
    """Text, JSON, or either."""

    name = "value"

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str) or self._kind == "text":
            return value
        if value.startswith("@"):
            try:
                value = Path(value[1:]).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                self.fail(f"{value[1:]} cannot be read: {error}", param, ctx)
        if self._kind == "payload" or (self._kind == "object or text" and not value.lstrip().startswith("{")):
            return value
        try:
            found = json.loads(value)
        except ValueError as error:
            self.fail(f"{value!r:.60} is not JSON: {error}", param, ctx)
        if not isinstance(found, list if self._kind == "list" else dict):
            expected = "a list" if self._kind == "list" else "an object"
            self.fail(f"{value!r:.60} is JSON, but {expected} is expected", param, ctx)
        return found


def _print(name: str, given: dict[str, Any]) -> None:
    from lambda_powertools.testing.events import describe_source

    try:
        event = describe_source(name).make(**{key: value for key, value in given.items() if value is not None})
    except (TypeError, ValueError) as error:
        raise CliUsageError(f"{_dashed(name)}: {error}") from None
    _write(event)


def _write(document: Any) -> None:
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))
