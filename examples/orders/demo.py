"""Tells the story of a few orders: `hatch run demo`. No AWS account and no network are needed.

Each step is a `powertools invoke` command that you can type yourself; the events are in `events.json`, the functions in
`app.py`. Exit code 0 if everything went as the story says, else 1.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.console import Console, Group
from rich.json import JSON
from rich.panel import Panel
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from concurrent.futures import Future

    from rich.console import RenderableType

FOLDER = Path(__file__).parent
EVENTS = json.loads((FOLDER / "events.json").read_text())
SETTINGS = {"POWERTOOLS_SERVICE_NAME": "orders", "POWERTOOLS_METRICS_NAMESPACE": "Shop"}
REPETITIONS = 200


class Step(NamedTuple):
    """A step of the story: what is invoked, and what must be seen."""

    title: str
    told: str
    handler: str
    event: str
    expected: tuple[str, ...]
    fails: bool = False
    shows_line: bool = False


STORY = (
    Step(
        "A customer orders",
        "place_order checks the order and calculates its price. What is shown all comes from one line: @powertools.",
        "place_order",
        "order",
        (
            "order placed",
            "total=207.86",
            "OrderValue",
            "channel=web",
            "## app.calculate_price",
            "ColdStart=True",
            "201",
        ),
    ),
    Step(
        "Another one asks for tea",
        "A wrong order is an answer, not an error: 422 for the customer, a metric for us, a fault on calculate_price.",
        "place_order",
        "unknown_article",
        ("order rejected", "reason=we do not sell tea", "OrderRejected", "FAULT InvalidOrderError", "422"),
    ),
    Step(
        "Two payments, one declined",
        "charge_orders reads a queue. The declined payment is logged with its traceback and goes back to the queue.",
        "charge_orders",
        "payments",
        ("payment taken", "payment declined", "PaymentDeclined", "FAULT PaymentDeclinedError", "batchItemFailures"),
    ),
    Step(
        "The payment provider is down",
        "Nobody catches this one. Lambda gets the error as it is, and the log has one structured line of it.",
        "charge_orders",
        "payments_while_the_provider_is_down",
        ("PaymentProviderError: the payment provider answered 503", "## app.take_payment", "FAULT"),
        fails=True,
        shows_line=True,
    ),
    Step(
        "Three warehouses, asked at once",
        "reserve_stock is async; the coroutines that it gathers are siblings in the trace.",
        "reserve_stock",
        "stock_question",
        ("stock counted", "UnitsInStock", "sku=espresso-beans", "warehouse=berlin", "warehouse=porto", '"lyon": 56'),
    ),
)


class Ran(NamedTuple):
    """A command that has run."""

    shown: str
    output: str
    exit_code: int


class Demo:
    """Runs the commands of the story and shows what they print."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.real = has_runtime()
        self.failures: list[str] = []

    def tell(self) -> None:
        """Show the whole story."""
        self.show_opening()
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            steps = [pool.submit(self.invoke, step.handler, step.event) for step in STORY]
            records = {step: pool.submit(self.error_record, step) for step in STORY if step.shows_line}
            for number, (step, ran) in enumerate(zip(STORY, steps, strict=True), 1):
                self.show_step(number, step, ran.result(), records.get(step))
        self.show_timings()
        self.show_end()

    def invoke(self, handler: str, event: str, *options: str, styled: bool = True) -> Ran:
        """Run `powertools invoke` with one of the events."""
        name = handler.replace("_", "-")
        arguments = ["invoke", f"app:{handler}", "-e", "-", "--function-name", name, *options]
        if self.real:
            arguments.append("--runtime")
        variables = {**os.environ, **SETTINGS, "COLUMNS": str(self.console.width - 4)}
        if styled and self.console.is_terminal and not self.console.no_color:
            variables["FORCE_COLOR"] = "1"
        process = subprocess.run(  # noqa: S603  # the project's own command
            [sys.executable, "-m", "lambda_powertools.cli", *arguments],
            input=json.dumps(EVENTS[event]),
            cwd=FOLDER,
            env=variables,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        output = process.stdout if styled else process.stdout or process.stderr
        shown = f"jq .{event} events.json | powertools {' '.join(arguments)}"
        return Ran(shown, output + (process.stderr if styled else ""), process.returncode)

    def error_record(self, step: Step) -> dict[str, Any]:
        """Return the log record that the error of a step left, without most of its frames."""
        report = json.loads(self.invoke(step.handler, step.event, "--json", styled=False).output)
        logs = [record for invocation in report["invocations"] for record in invocation["logs"]]
        record = next(record for record in logs if record["level"] == "ERROR")
        stack = {**record["stack_trace"], "frames": record["stack_trace"]["frames"][-1:]}
        keys = ("level", "message", "timestamp", "service", "exception_name", "function_request_id", "xray_trace_id")
        return {**{key: record[key] for key in keys}, "stack_trace": stack}

    def show_opening(self) -> None:
        """Show the function that the story is about."""
        runtime = "Lambda's own runtime client, under AWS's emulator"
        where = runtime if self.real else "processes of this machine (awslambdaric or the emulator is missing here)"
        self.console.print()
        self.console.print(Rule("[bold]Lambda Powertools: an order service[/]"))
        source = (FOLDER / "app.py").read_text().partition("@powertools\n")[2].partition("\n\n\n")[0]
        code = Syntax(f"@powertools\n{source}", "python", background_color="default")
        self.console.print(Panel(code, title="app.py", subtitle="logs, metrics, traces: one line", padding=(0, 1)))
        self.console.print(Text(f"It runs in {where}.", style="dim"))

    def show_step(self, number: int, step: Step, ran: Ran, record: Future[dict[str, Any]] | None) -> None:
        """Show what a command printed, and note what is missing in it."""
        text = Text.from_ansi(ran.output.strip("\n"))
        body: list[RenderableType] = [Text(step.told, style="italic"), Text(), without_repeated_stacks(text)]
        if record is not None:
            try:
                line = JSON(json.dumps(record.result()), indent=2)
            except (ValueError, KeyError, StopIteration) as error:
                self.failures.append(f"step {number}, {step.title}: no structured error ({error!r})")
            else:
                body += [Text("\nThe line in the log (shortened)", style="bold"), line]
        self.console.print()
        title = f"[bold]{number}. {step.title}[/]"
        self.console.print(Panel(Group(*body), title=title, title_align="left", padding=(1, 1)))
        self.console.print(Text(f"  $ {ran.shown}", style="dim"), soft_wrap=True)
        plain = " ".join(text.plain.split())
        for word in step.expected:
            if word not in plain:
                self.failures.append(f"step {number}, {step.title}: no {word!r} was seen")
        if ran.exit_code != int(step.fails):
            self.failures.append(f"step {number}, {step.title}: exit code {ran.exit_code}")

    def show_timings(self) -> None:
        """Show what an invocation costs, cold and warm."""
        ran = self.invoke("place_order", "small_order", "--repeat", str(REPETITIONS), "--json", styled=False)
        try:
            latency = json.loads(ran.output)["latency_ms"]
            rows = [(kind, latency[kind]["p50"], latency[kind]["p95"]) for kind in ("init", "cold", "warm")]
        except (ValueError, KeyError, TypeError):
            self.failures.append(f"timings: {ran.output}")
            return
        table = Table(title=f"{REPETITIONS} orders in one environment", title_style="bold", title_justify="left")
        table.add_column("")
        for heading in ("median ms", "95 % below ms"):
            table.add_column(heading, justify="right")
        names = {"init": "initialisation, once", "cold": "first invocation", "warm": "every other invocation"}
        for kind, median, most in rows:
            table.add_row(names[kind], f"{median:.2f}", f"{most:.2f}")
        self.console.print()
        self.console.print(table)
        self.console.print(Text(f"  $ {ran.shown}", style="dim"), soft_wrap=True)

    def show_end(self) -> None:
        """Say how it went."""
        self.console.print()
        if not self.failures:
            self.console.print("[bold green]Everything went as told.[/] Change app.py and run it again.")
            return
        self.console.print("[bold red]This is not how the story goes:[/]")
        for failure in self.failures:
            self.console.print(Text(f"- {failure}"))


def without_repeated_stacks(text: Text) -> Text:
    """Leave out the stack of an error that was shown before: the log, Lambda and the command each have it."""
    kept, frames, closed = [], False, False
    for line in text.split("\n", allow_blank=True):
        plain = line.plain.replace("\N{NO-BREAK SPACE}", " ")  # with which Lambda indents
        is_frame = plain.lstrip().startswith('File "') or (frames and plain.startswith("    "))
        closed = closed or (frames and not is_frame)
        frames = is_frame
        if not (closed and (is_frame or plain.startswith("Traceback"))):
            kept.append(line)
    return Text("\n").join(kept)


def has_runtime() -> bool:
    """Return whether Lambda's runtime client and the emulator are installed, and made for this platform."""
    installed = all(importlib.util.find_spec(module) is not None for module in ("awslambdaric", "samcli"))
    return installed and sys.platform == "linux"


def main() -> int:
    """Tell the story; return the exit code."""
    demo = Demo(Console() if sys.stdout.isatty() else Console(width=120))
    demo.tell()
    return 1 if demo.failures else 0


if __name__ == "__main__":
    sys.exit(main())
