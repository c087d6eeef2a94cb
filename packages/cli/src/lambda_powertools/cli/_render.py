"""What `powertools invoke` shows of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.cli._latency import latencies
from lambda_powertools.testing import parse_output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from lambda_powertools.cli._session import Environment, Failure, InvocationReport


class Session:
    """All that came of one `powertools invoke`."""

    def __init__(self, handler: str, mode: str, environments: Sequence[Environment]) -> None:
        self.handler = handler
        self.mode = mode
        self.environments = environments
        self.invocations = [item for environment in environments for item in environment.invocations]

    @property
    def failed(self) -> bool:
        """Whether an initialisation or an invocation failed."""
        return any(environment.init_error for environment in self.environments) or any(
            invocation.error for invocation in self.invocations
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "handler": self.handler,
            "mode": self.mode,
            "failed": self.failed,
            "environments": [environment.as_dict() for environment in self.environments],
            "invocations": [
                {"environment": number, **invocation.as_dict()}
                for number, environment in enumerate(self.environments)
                for invocation in environment.invocations
            ],
            "latency_ms": {
                kind: latency and latency._asdict() for kind, latency in latencies(self.environments).items()
            },
        }

    def print(self) -> None:
        """Show it: one invocation in full, of many the latencies."""
        from lambda_powertools.cli._console import make_console

        console = make_console()
        for environment in self.environments:
            if environment.init_error is not None:
                _print_output(console, environment.lines)
                _print_failure(console, "Initialisation failed", environment.init_error)
                return
        if len(self.invocations) == 1:
            self._print_one(console, self.environments[0], self.invocations[0])
        else:
            self._print_many(console)

    def _print_one(self, console: Console, environment: Environment, invocation: InvocationReport) -> None:
        facts = [f"request {invocation.request_id}", f"init {_ms(environment.init_ms)}"]
        facts.append(f"duration {_ms(invocation.duration_ms)}")
        if environment.plugins is not None:
            facts.append(f"plugins {', '.join(environment.plugins) or 'none'}")
        console.print(self.handler, style="bold")
        console.print("  ".join(facts), style="dim")
        _print_output(console, environment.lines + invocation.lines)
        _print_metrics(console, parse_output(environment.lines + invocation.lines).metrics)
        _print_trace(console, self.handler, invocation)
        if invocation.error is not None:
            _print_failure(console, "Error", invocation.error)
        else:
            _print_heading(console, "Response")
            _print_value(console, invocation.response)

    def _print_many(self, console: Console) -> None:
        from lambda_powertools.cli._console import make_table

        failures = [invocation for invocation in self.invocations if invocation.error is not None]
        console.print(self.handler, style="bold")
        console.print(
            f"{len(self.invocations)} invocations in {len(self.environments)} environments, {len(failures)} failed"
        )
        table = make_table("ms", "samples", "min", "p50", "p95", "max", right=("samples", "min", "p50", "p95", "max"))
        for kind, latency in latencies(self.environments).items():
            if latency is not None:
                table.add_row(kind, str(latency.samples), *(f"{value:.2f}" for value in latency[1:]))
        console.print()
        console.print(table)
        if failures and failures[0].error is not None:
            _print_failure(console, "First error", failures[0].error)


def _print_output(console: Console, lines: Sequence[str]) -> None:
    from lambda_powertools.cli._render_logs import format_record

    shown = []
    for line in lines:
        output = parse_output(line)
        shown += [format_record(record) for record in output.logs]
        shown += [_plain(text) for text in output.other]
    if shown:
        _print_heading(console, "Logs")
    for text in shown:
        console.print(text, soft_wrap=True)


def _plain(line: str) -> Any:
    from rich.text import Text

    return Text(line.replace("\r", "\n"))


def _print_metrics(console: Console, objects: Sequence[dict[str, Any]]) -> None:
    from lambda_powertools.cli._console import make_table
    from lambda_powertools.cli._render_logs import metric_rows

    rows = [row for item in objects for row in metric_rows(item)]
    if not rows:
        return
    _print_heading(console, "Metrics")
    table = make_table("namespace", "metric", "value", "unit", "dimensions", right=("value",))
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _print_trace(console: Console, handler: str, invocation: InvocationReport) -> None:
    if not invocation.trace:
        return
    from rich.tree import Tree

    _print_heading(console, "Trace")
    tree = Tree(f"{handler}  {_ms(invocation.duration_ms)}")
    for root in invocation.trace:
        _grow(tree, root)
    console.print(tree)


def _grow(tree: Any, node: Any) -> None:
    from rich.text import Text

    segment = node.segment
    label = Text(f"{node.name}  {_ms(node.duration_ms)}")
    for key, value in segment.get("annotations", {}).items():
        label.append(f"  {key}={value}", style="dim")
    if segment.get("fault") or segment.get("error"):
        label.append("  FAULT", style="bold red")
        cause = segment.get("cause")
        # Else it is the id of an exception that a subsegment further in has described.
        exceptions = cause.get("exceptions", ()) if isinstance(cause, dict) else ()
        for exception in exceptions[:1]:
            label.append(f" {exception.get('type')}: {exception.get('message')}", style="red")
    branch = tree.add(label)
    for child in node.children:
        _grow(branch, child)


def _print_failure(console: Console, heading: str, failure: Failure) -> None:
    _print_heading(console, heading, style="bold red")
    console.print(f"{failure.type}: {failure.message}" if failure.message else failure.type, soft_wrap=True)
    for line in failure.stack:
        console.print(line, style="dim", soft_wrap=True)


def _print_heading(console: Console, text: str, style: str = "bold") -> None:
    console.print()
    console.print(text, style=style)


def _print_value(console: Console, value: Any) -> None:
    import json

    text = json.dumps(value, indent=2, ensure_ascii=False)
    if console.is_terminal and not console.no_color:
        from rich.syntax import Syntax

        console.print(Syntax(text, "json", background_color="default", word_wrap=True))
    else:
        console.print(text, soft_wrap=True)


def _ms(value: float | None) -> str:
    return "?" if value is None else f"{value:.2f} ms"
