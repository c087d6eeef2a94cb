"""Runs functions written for the original library three ways, and compares what they do: `hatch run bench:parity`.

Each function of `functions` runs unmodified with the original library, unmodified with these packages under the
original's import paths (lambda-powertools-compat), and migrated by `powertools migrate` with these packages alone.
Responses, logs, metrics, traces, exceptions and what was stored must be the same, but for what `deliberate.toml` lists.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from environments import HERE, SHARED, WORK, aws_server, build_wheels, environment, reset, run_functions
from records import Difference, differences, normalised

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FUNCTIONS = HERE / "functions"
WAYS = ("compat", "migrated")
ORIGINAL = ["aws-lambda-powertools[all]>=3"]
COMPAT = [
    "lambda-powertools[all]",
    "lambda-powertools-compat",
    "lambda-powertools-event-handler[openapi]",
    "lambda-powertools-kafka[avro,protobuf]",
]
QUICK = (
    "batch_sqs",
    "data_classes_messages",
    "dotted_imports",
    "idempotency_handler",
    "kafka_json",
    "logger_context",
    "metrics_decorator",
    "parameters_ssm",
    "parser_decorator",
    "rest_crud",
    "stack_orders",
    "validation_decorator",
)


def main() -> int:
    """Run the command; return 1 if something differs that is not listed, or is listed and does not differ."""
    options = _options()
    started = time.monotonic()
    every = sorted(path.stem for path in FUNCTIONS.glob("*.py"))
    names = options.functions or ([name for name in every if name in QUICK] if options.quick else every)
    ways = [way for way in WAYS if way in (options.way or WAYS)]
    records = _run(names, ways)
    found = {
        way: {name: differences(name, way, records["original"][name], records[way][name]) for name in names}
        for way in ways
    }
    entries = tomllib.loads((HERE / "deliberate.toml").read_text(encoding="utf-8")).get("deliberate", [])
    open_, used = _sort(found, entries)
    unused = [entry for entry in entries if id(entry) not in used] if names == every and ways == list(WAYS) else []
    table = _table(found, open_)
    print(table)
    for difference in open_:
        print(difference)
    for entry in unused:
        print(f"deliberate.toml lists what does not differ: {entry['function']} {entry['path']}")
    print(f"{len(names)} functions, {time.monotonic() - started:.0f} s")
    if options.output:
        options.output.write_text(_report(table, entries), encoding="utf-8")
    if options.json:
        options.json.write_text(json.dumps([vars(item) for item in open_], indent=1), encoding="utf-8")
    return 1 if open_ or unused else 0


def _run(names: list[str], ways: list[str]) -> dict[str, dict[str, dict]]:
    """Run the functions every way and return what each did."""
    wheels = build_wheels()
    places = {"original": (environment("original", [*SHARED, *ORIGINAL]), FUNCTIONS)}
    if "compat" in ways:
        places["compat"] = (environment("compat", [*SHARED, *COMPAT], wheels), FUNCTIONS)
    if "migrated" in ways:
        places["migrated"] = _migrated(wheels)
    results = {}
    with aws_server() as url:
        for way, (python, folder) in places.items():
            reset(url)
            output = WORK / "records" / way
            run_functions(python, folder, names, output, url)
            results[way] = {name: normalised(name, _read(output / f"{name}.json")) for name in names}
    crashed = [name for name, record in results["original"].items() if "process" in record]
    if crashed:
        raise SystemExit(f"with the original library crashed: {', '.join(crashed)}")
    return results


def _migrated(wheels: Path) -> tuple[Path, Path]:
    """Migrate a copy of the functions, and make an environment of what the migrated requirements ask for."""
    folder = WORK / "migrated"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(FUNCTIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    tools = environment("tools", ["lambda-powertools-cli[migrate]"], wheels)
    command = [str(tools.parent / "powertools"), "migrate", "--decorators", str(folder)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    (WORK / "migrate.log").write_text(finished.stdout + finished.stderr, encoding="utf-8")
    if finished.returncode:
        raise SystemExit(f"{' '.join(command)}\n{finished.stdout}{finished.stderr}")
    requirements = (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return environment("migrated", [*SHARED, *requirements], wheels), folder


def _read(path: Path) -> dict | None:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _sort(found: dict, entries: list[dict]) -> tuple[list[Difference], set[int]]:
    """Return the differences that no entry explains, and the entries that explain one."""
    open_, used = [], set()
    for by_name in found.values():
        for items in by_name.values():
            for item in items:
                explained = [entry for entry in entries if _explains(entry, item)]
                used.update(map(id, explained))
                if not explained:
                    open_.append(item)
    return open_, used


def _explains(entry: dict, difference: Difference) -> bool:
    return (
        difference.way in entry.get("ways", WAYS)
        and _matches(entry["function"], difference.function)
        and _matches(entry["path"], difference.path)
    )


def _matches(pattern: str, text: str) -> bool:
    """Tell whether a text is like a pattern, in which `*` stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None


def _table(found: dict, open_: list[Difference]) -> str:
    different = {(item.way, item.function) for item in open_}
    rows = ["| way | functions | equal | deliberate | different |", "|---|---|---|---|---|"]
    for way, by_name in found.items():
        kinds = Counter(
            "different" if (way, name) in different else "deliberate" if items else "equal"
            for name, items in by_name.items()
        )
        rows.append(f"| {way} | {len(by_name)} | {kinds['equal']} | {kinds['deliberate']} | {kinds['different']} |")
    return "\n".join(rows)


def _report(table: str, entries: list[dict]) -> str:
    """Return the table and the list of what differs on purpose, as a document."""
    rows = [f"| `{entry['function']}` | {entry['reason']} | {entry['source']} |" for entry in entries]
    head = (
        "# What functions written for the original library do on these packages\n\n"
        "Written by `hatch run bench:parity --output benchmarks/PARITY.md`. `compat`: unmodified, on\n"
        "lambda-powertools-compat; `migrated`: by `powertools migrate --decorators`. Compared are responses, logs,\n"
        "metrics, traces, exceptions and what was stored. Letters with a number are named by tests.\n"
    )
    listed = ["| functions | what differs on purpose | where that is specified |", "|---|---|---|", *rows]
    return "\n".join((head, table, "", *listed, ""))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench:parity", description=__doc__.split("\n", 1)[0])
    parser.add_argument("functions", nargs="*", metavar="FUNCTION", help="run these only")
    parser.add_argument("--quick", action="store_true", help="run a dozen functions")
    parser.add_argument("--way", action="append", choices=WAYS, help="compare this way with the original only")
    parser.add_argument("--output", type=Path, help="write the table, and what differs on purpose, to a file")
    parser.add_argument("--json", type=Path, help="write the differences that are not listed to a file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
