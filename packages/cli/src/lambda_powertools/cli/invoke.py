"""`powertools invoke`: run a handler as Lambda would."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from lambda_powertools.cli._options import function_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lambda_powertools.cli._job import Job
    from lambda_powertools.cli._session import Environment


@click.command()
@click.argument("handler", metavar="MODULE:HANDLER")
@click.option("-e", "--event", metavar="FILE", help="The event: a JSON file, or - for stdin.  [default: {}]")
@function_options
@click.option(
    "--runtime",
    is_flag=True,
    help="Run under Lambda's own runtime client and AWS's emulator; needs awslambdaric and aws-sam-cli.",
)
@click.option(
    "--repeat",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Invoke N times in one environment and print the latencies.",
)
@click.option(
    "--environments",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Start N environments, one after the other, each a cold start.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def invoke(**given: Any) -> None:
    """Invoke HANDLER of MODULE as Lambda would, and show what came of it.

    The handler runs in a process of its own, which starts in the current folder with the variables that Lambda sets:
    a real cold start, a context with ids and a deadline, a sampled trace. Shown are the response or the error, the
    logs, the metrics, and the trace as a tree, with the time that initialisation and invocation took. X-Ray segments
    are received by the command itself; nothing is sent to AWS by it.

    \b
    Examples:
      powertools invoke app:handler -e event.json
      echo '{"id": 7}' | powertools invoke app:handler -e - --env STAGE=test
      powertools invoke app:handler -e event.json --repeat 500
      powertools invoke app:handler -e event.json --runtime --json

    Exit code 1 if the handler raises, cannot be initialised, or takes longer than its timeout.
    """  # noqa: D301  # click takes the escape itself for "do not rewrap"
    from lambda_powertools.cli._render import Session

    environments = _run(_job(given), runtime=given["runtime"], environments=given["environments"])
    session = Session(given["handler"], "runtime" if given["runtime"] else "local", environments)
    if given["as_json"]:
        from lambda_powertools.cli._console import print_json

        print_json(session.as_dict())
    else:
        session.print()
    if session.failed:
        sys.exit(1)


def _job(given: dict[str, Any]) -> Job:
    from lambda_powertools.cli._events import read_event
    from lambda_powertools.cli._handler_path import parse_handler_path
    from lambda_powertools.cli._job import Job
    from lambda_powertools.cli._options import read_variables

    path = parse_handler_path(given["handler"])
    return Job(
        path=path,
        event=read_event(given["event"]),
        count=given["repeat"],
        function_name=given["function_name"] or path.module.rpartition(".")[2],
        memory=given["memory"],
        timeout=given["timeout"],
        region=given["region"],
        variables=read_variables(given["variables"]),
    )


def _run(job: Job, *, runtime: bool, environments: int) -> list[Environment]:
    from lambda_powertools.cli._session import attach_traces
    from lambda_powertools.testing import XRayDaemon

    if runtime:
        from lambda_powertools.cli._emulator import run_in_emulator as run
    else:
        from lambda_powertools.cli._local import run_local as run
    found: list[Environment] = []
    with XRayDaemon() as daemon, _progress(job.count * environments) as advance:
        for _ in range(environments):
            found += run(job, daemon.address, advance)
            if found[-1].init_error is not None:
                break
        attach_traces(found, daemon.drain())
    return found


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """Show a progress bar on a terminal, for more than one invocation."""
    if total == 1 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from lambda_powertools.cli._console import make_console

    columns = (TextColumn("Invoking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=make_console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)
