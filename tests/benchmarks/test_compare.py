from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent.parent / "benchmarks"


def compare(*arguments):
    """Run the command without the original library, which only its own environment has."""
    return subprocess.run(
        [sys.executable, "compare.py", "--no-install", "--variant=ours", "--variant=floor", *arguments],
        cwd=BENCHMARKS,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,  # a machine that others use as well
    )


def test_every_scenario_runs_with_our_packages_and_is_reported(tmp_path):
    """A quick run measures each scenario and writes the report with a row, a goal and a meaning for each."""
    result = compare("--quick", f"--output={tmp_path}")

    assert result.returncode == 0, result.stderr
    titles = [line.partition(" | ")[0] for line in result.stdout.splitlines()]
    report = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    names = sorted(path.stem for path in (BENCHMARKS / "scenarios").glob("[!_]*.py"))
    assert len(titles) == len(set(titles)) == len(names)
    for title in titles:
        assert re.search(rf"^\| {re.escape(title)} \| [\d.]+ (ms|µs|ns) ", report, re.MULTILINE)
        assert f"- **{title}**: " in report


def test_a_failing_scenario_says_which_and_why():
    """The error of a measured process is shown, not swallowed."""
    result = compare("--quick", "discovery", "--variant=original", "no_such_scenario")

    assert result.returncode != 0
    assert "no_such_scenario" in result.stderr


@pytest.fixture
def chart(monkeypatch):
    """The chart of two scenarios: one within its goal, one over the original's time."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    from chart import bar_chart
    from measuring import Figure, Result

    def result(title, ours, original):
        figures = {
            name: Figure(value, value, value, (value,)) for name, value in (("ours", ours), ("original", original))
        }
        return Result(title, title, title, ("ratio", 0.5), figures)

    unmeasured = Result("alone", "alone", "alone", ("seconds", 1.0), {"ours": Figure(1, 1, 1, (1,))})
    return ET.fromstring(bar_chart([result("fast & small", 0.02, 0.1), result("slow", 0.3, 0.1), unmeasured]))  # noqa: S314  # our own


def test_the_chart_has_a_bar_for_each_scenario_with_both_libraries(chart):
    """Bars are as long as the ratio, never longer than the original's, which is marked when exceeded."""
    svg = "{http://www.w3.org/2000/svg}"
    bars = [bar for bar in chart.iter(f"{svg}rect") if bar.get("class") != "rest"]
    full = float(next(bar for bar in chart.iter(f"{svg}rect") if bar.get("class") == "rest").get("width"))

    assert [bar.get("class") for bar in bars] == ["ours", "over"]
    assert [float(bar.get("width")) / full for bar in bars] == [pytest.approx(0.2), pytest.approx(1.0)]
    text = " ".join(chart.itertext())
    assert "fast & small" in text
    assert "3.00\N{MULTIPLICATION SIGN}" in text
