"""`powertools layer`: Lambda layers made of the distributions that a function needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lambda_powertools.cli._layer.target import ARCHITECTURES, PYTHONS, Target

if TYPE_CHECKING:
    from lambda_powertools.cli._layer.archive import Layer

_UNCHECKED = "Leave out what is broken, or write no manifest with --no-freeze, which checks nothing."


@click.group()
def layer() -> None:
    """Build Lambda layers."""


@layer.command()
@click.option(
    "--with",
    "names",
    metavar="NAMES",
    multiple=True,
    required=True,
    help="Utilities by their short names, comma separated: logger,tracer; or all. May be repeated.",
)
@click.option(
    "-r",
    "--requirement",
    "requirements",
    metavar="SPEC",
    multiple=True,
    help="Another distribution, such as a plugin of somebody else; may be repeated.",
)
@click.option(
    "--python",
    "version",
    type=click.Choice(PYTHONS),
    default=PYTHONS[-1],
    show_default=True,
    help="Python of the function.",
)
@click.option(
    "--arch",
    "architecture",
    type=click.Choice(ARCHITECTURES),
    default="x86_64",
    show_default=True,
    help="Its machine.",
)
@click.option("-o", "--output", metavar="FILE.zip", help="What to write.  [default: powertools-<python>-<arch>.zip]")
@click.option("--find-links", metavar="DIR", multiple=True, help="A folder of wheels to use beside the package index.")
@click.option("--no-index", is_flag=True, help="Use the folders of --find-links only.")
@click.option("--aws-sdk", is_flag=True, help="Take boto3 into the layer, though the runtime has it.")
@click.option("--no-freeze", is_flag=True, help="Write no manifest; the function then looks for its plugins itself.")
@click.option("--template", type=click.Choice(["sam", "cdk", "terraform"]), help="Print what declares and uses it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document for machines.")
def build(  # noqa: PLR0913, PLR0917  # one for each option
    names: tuple[str, ...],
    requirements: tuple[str, ...],
    version: str,
    architecture: str,
    output: str | None,
    find_links: tuple[str, ...],
    no_index: bool,
    aws_sdk: bool,
    no_freeze: bool,
    template: str | None,
    as_json: bool,
) -> None:
    """Write a layer with the utilities that a function needs.

    Installs wheels for the platform of the function, whatever machine this is; leaves out boto3, which the runtime has,
    bytecode, and scripts; writes the manifest of the plugins; and packs all of it so that the same distributions give
    the same bytes. A layer that Lambda would refuse, of more than 250 MB, is not written.

    \b
      powertools layer build --with logger,tracer --python 3.13 --arch arm64
      powertools layer build --with all --template sam > layer.yaml

    It needs `pip install "lambda-powertools-cli[layer]"`.
    """  # noqa: D301  # click takes the escape itself for "do not rewrap"
    from lambda_powertools.cli._layer.archive import write_layer
    from lambda_powertools.cli._layer.install import installed
    from lambda_powertools.cli._layer.names import requirements_of

    target = Target(version, architecture)
    path = Path(output or f"powertools-python{version}-{architecture}.zip")
    wanted = [*requirements_of(names), *requirements]
    with installed(wanted, target, find_links=find_links, no_index=no_index, with_aws_sdk=aws_sdk) as folder:
        if not no_freeze:
            _freeze(folder)
        written = write_layer(folder, path)
    _report(written, target, template, as_json)


def _freeze(folder: Path) -> None:
    from lambda_powertools.cli._manifest import plugin_folders, write_manifests
    from lambda_powertools.cli.freeze import check_plugins

    folders = plugin_folders([str(folder)])
    if folders:
        check_plugins(folders, str(folder), mend=_UNCHECKED)
        write_manifests(folders)


def _report(written: Layer, target: Target, template: str | None, as_json: bool) -> None:
    from lambda_powertools.cli._console import print_json
    from lambda_powertools.cli._layer.show import as_document, print_table
    from lambda_powertools.cli._layer.templates import snippet

    text = None if template is None else snippet(template, written.path, target)
    if as_json:
        print_json({**as_document(written, target), **({} if text is None else {"template": text})})
        return
    # A snippet is for a file: the table must not get into it.
    print_table(written, stderr=text is not None)
    if text is not None:
        click.echo(text, nl=False)
