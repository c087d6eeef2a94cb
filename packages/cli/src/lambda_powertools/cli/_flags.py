"""`powertools flags`: check a configuration of feature flags, and see what it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lambda_powertools.cli._flags_file import Configuration

_envelope = click.option("--envelope", default="", metavar="EXPRESSION", help="JMESPath of the features in the file.")
_json = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


@click.group()
def flags() -> None:
    """Check configurations of feature flags, and see what they decide.

    FILE is JSON, or YAML by its suffix; `-` is JSON from stdin. Needs lambda-powertools-feature-flags.
    """


@flags.command()
@click.argument("file")
@_envelope
@_json
def validate(file: str, envelope: str, as_json: bool) -> None:
    """Check every feature of FILE against the schema.

    Names feature, rule and condition of each violation, the first of each feature. Exit code 1 if there is one.
    """
    from lambda_powertools.cli._console import print_json
    from lambda_powertools.cli._flags_file import Configuration
    from lambda_powertools.cli.exceptions import CliError

    configuration = Configuration(file, envelope)
    problems, warnings = configuration.check()
    if as_json:
        valid = not problems
        print_json({"file": file, "valid": valid, "features": configuration.names, "problems": problems})
        if not valid:
            raise click.exceptions.Exit(1)
        return
    _warn(warnings)
    if problems:
        raise CliError("\n".join(f"{configuration.label}: {problem}" for problem in problems))
    count = len(configuration.names)
    click.echo(f"{configuration.label}: {count} feature{'' if count == 1 else 's'}, valid")


@flags.command()
@click.argument("file")
@click.option(
    "--context", "context", default="{}", metavar="JSON", help="What the rules look at: JSON, or @FILE. Default: {}"
)
@click.option("--feature", "features", multiple=True, metavar="NAME", help="Explain only this one; may be repeated.")
@_envelope
@_json
def evaluate(file: str, context: str, features: tuple[str, ...], envelope: str, as_json: bool) -> None:
    """Show what each feature of FILE is for a context, and why.

    With --feature every rule and condition is shown: which matched, and why the others did not.

    \b
      powertools flags evaluate features.json --context '{"tier": "premium"}'
      powertools flags evaluate flags.yaml --context @user.json --feature layout
    """  # noqa: D301  # click takes the escape itself for "do not rewrap"
    from lambda_powertools.cli._console import print_json
    from lambda_powertools.cli._flags_file import Configuration, read_context

    given = read_context(context)
    configuration = Configuration(file, envelope)
    explanations, warnings = configuration.explain(given, features)
    if as_json:
        print_json([explanation.as_dict() for explanation in explanations])
        return
    _warn(warnings)
    if features:
        _print_explained(explanations)
    else:
        _print_table(configuration, explanations)


def _warn(warnings: list[str]) -> None:
    for warning in warnings:
        click.echo(f"Warning: {warning}", err=True)


def _print_explained(explanations: list[Any]) -> None:
    import json

    for explanation in explanations:
        click.echo(f"{explanation.feature} is {json.dumps(explanation.value, ensure_ascii=False)}")
        click.echo(f"  {explanation.summary}")
        for rule in explanation.rules:
            outcome = {True: "matches", False: "does not match", None: "not looked at"}[rule.matched]
            click.echo(f"  rule {rule.name!r}: {outcome}")
            for one in rule.conditions:
                value = json.dumps(one.value, ensure_ascii=False)
                click.echo(f"    {one.key} {one.action} {value}: {one.why}")


def _print_table(configuration: Configuration, explanations: list[Any]) -> None:
    import json

    from lambda_powertools.cli._console import make_console, make_table

    console = make_console()
    if not explanations:
        console.print(f"{configuration.label}: no feature")
        return
    table = make_table("feature", "value", "why", whole=("feature",))
    for explanation in explanations:
        why = f"rule {explanation.rule!r}" if explanation.rule is not None else explanation.reason
        table.add_row(explanation.feature, json.dumps(explanation.value, ensure_ascii=False), why)
    console.print(table)
