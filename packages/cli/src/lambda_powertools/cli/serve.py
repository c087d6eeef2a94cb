"""`powertools serve`: a handler behind a local HTTP server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lambda_powertools.cli._options import function_options
from lambda_powertools.cli.exceptions import CliUsageError

if TYPE_CHECKING:
    from lambda_powertools.cli._serve.job import ServeJob

# For which front ends an option means something.
_ONLY_FOR = {
    "stage": ("http", "rest"),
    "binary_media_types": ("rest",),
    "multi_value": ("alb",),
    "integration_timeout": ("http", "rest"),
}


@click.command()
@click.argument("handler", metavar="MODULE:HANDLER")
@click.option(
    "--as",
    "front_end",
    type=click.Choice(["http", "rest", "alb", "url", "lattice", "lattice-v2"]),
    default="http",
    show_default=True,
    help="What invokes the function: API Gateway (HTTP API, REST API), load balancer, function URL, VPC Lattice.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=3000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@function_options
@click.option(
    "--concurrency",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Requests handled at once, each in a thread; Lambda gives an environment one at a time.",
)
@click.option("--reload", is_flag=True, help="Load the handler anew when a Python file changes.")
@click.option(
    "--reload-dir",
    "folders",
    type=click.Path(exists=True, file_okay=False),
    multiple=True,
    help="Folder watched by --reload; may be repeated.  [default: the current one]",
)
@click.option("--stage", metavar="NAME", help="Stage of the API: paths begin with /NAME (http, rest).")
@click.option(
    "--binary-media-type",
    "binary_media_types",
    metavar="TYPE",
    multiple=True,
    help="A binary media type of the API, */* for all; may be repeated (rest).",
)
@click.option("--multi-value", is_flag=True, help="Enable multi-value headers of the target group (alb).")
@click.option(
    "--integration-timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Time after which the API answers without the function (http, rest).  [default: its quota, 30 and 29]",
)
def serve(**given: Any) -> None:
    """Serve HANDLER of MODULE over HTTP on this machine.

    Each request becomes the event that the chosen front end would send, and what the handler returns becomes the
    response that it would make of it, within its limits: sizes, timeouts, and what a malformed response leads to. One
    line for each request goes to stderr, with route, status, time, and whether the start was cold.

    \b
    Examples:
      powertools serve app:handler
      powertools serve app:handler --as rest --binary-media-type '*/*' --port 8080
      powertools serve app:handler --reload --env STAGE=test

    Ends with Ctrl-C (exit code 130) or SIGTERM (0), and leaves no process behind. For development: it listens on
    loopback, without TLS and without authorisation.
    """  # noqa: D301  # click takes the escape itself for "do not rewrap"
    from lambda_powertools.cli._serve.server import INTERRUPTED, leave, listen, require_libraries, url_of
    from lambda_powertools.cli._serve.server import serve as run

    job = _job(given)
    require_libraries()
    listener = listen(given["host"], given["port"])
    address = url_of(listener) + (f"/{job.stage}" if job.stage else "")
    announcement = f"Serving {job.path} on {address} ({job.make_front_end().title}). Ctrl-C ends it."
    try:
        with listener:
            if given["reload"]:
                from lambda_powertools.cli._serve.reloading import serve_reloading

                click.echo(announcement, err=True)
                code = serve_reloading(job, listener, given["folders"] or (".",))
            else:
                code = run(job, listener, announcement)
    except KeyboardInterrupt:
        code = INTERRUPTED
    leave(code)


def _job(given: dict[str, Any]) -> ServeJob:
    from lambda_powertools.cli._handler_path import parse_handler_path
    from lambda_powertools.cli._options import read_variables
    from lambda_powertools.cli._serve.job import ServeJob

    path = parse_handler_path(given["handler"])
    for name, front_ends in _ONLY_FOR.items():
        if given[name] and given["front_end"] not in front_ends:
            option = f"--{name.replace('_', '-').removesuffix('s')}"
            raise CliUsageError(f"{option} is for --as {' or '.join(front_ends)}, not for {given['front_end']}")
    return ServeJob(
        module=path.module,
        attribute=path.attribute,
        front_end=given["front_end"],
        stage=(given["stage"] or "").strip("/") or None,
        binary_media_types=given["binary_media_types"],
        multi_value=given["multi_value"],
        integration_timeout=given["integration_timeout"],
        timeout=given["timeout"],
        memory=given["memory"],
        function_name=given["function_name"] or path.module.rpartition(".")[2],
        region=given["region"],
        concurrency=given["concurrency"],
        variables=read_variables(given["variables"]),
    )
