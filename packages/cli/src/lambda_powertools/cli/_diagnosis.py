"""What `powertools doctor` finds out: what discovery and each plugin cost, and what is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lambda_powertools.cli._importtime import ImportNode, costliest_chain, parse_importtime
from lambda_powertools.cli._probe import BEGIN, END
from lambda_powertools.cli._settings import malformed_settings, suspicious_variables
from lambda_powertools.cli.exceptions import CliError
from lambda_powertools.testing import XRayDaemon, lambda_environment, make_trace_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lambda_powertools.core import PluginInfo

_PROCESSES = 3


@dataclass
class PluginFigures:
    """What one plugin costs.

    Attributes:
        info: what the registry says of it.
        import_ms: milliseconds its import takes.
        init_ms: milliseconds that decorating a handler takes, `on_init` and options included.
        first_ms: milliseconds of the first invocation of a handler that does nothing.
        modules: number of modules that its import loads.
        heavy: the heavy modules it loads, each with the phase in which it does.
        hooks_us: microseconds of each hook in a warm invocation, the median.
        failures: what its hooks raised in an invocation with an empty event.
        over_budget: whether import and on_init together take longer than the budget.
        chain: the costliest chain of imports, if over budget.
    """

    info: PluginInfo
    import_ms: float | None = None
    init_ms: float | None = None
    first_ms: float | None = None
    modules: int | None = None
    heavy: dict[str, str] = field(default_factory=dict)
    hooks_us: dict[str, float] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    over_budget: bool = False
    chain: list[ImportNode] = field(default_factory=list)

    @property
    def start_ms(self) -> float:
        """Milliseconds by which it prolongs the start of a function."""
        return (self.import_ms or 0.0) + (self.init_ms or 0.0)

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "name": self.info.name,
            "status": self.info.status,
            "reason": self.info.reason,
            "distribution": self.info.distribution,
            "version": self.info.version,
            "import_ms": self.import_ms,
            "init_ms": self.init_ms,
            "first_ms": self.first_ms,
            "modules": self.modules,
            "heavy": self.heavy,
            "hooks_us": self.hooks_us,
            "failures": self.failures,
            "over_budget": self.over_budget,
            "chain": [{"module": node.name, "ms": node.total_us / 1000} for node in self.chain],
        }


@dataclass
class Diagnosis:
    """All that `powertools doctor` found.

    Attributes:
        discovery: time, ways and counts of discovery.
        plugins: the figures of each plugin, outermost first.
        settings: what is wrong with the settings.
        notes: what is probably wrong.
    """

    discovery: dict[str, Any]
    plugins: list[PluginFigures]
    settings: list[str]
    notes: list[str]

    @property
    def is_healthy(self) -> bool:
        """Whether nothing is broken or over budget."""
        bad = any(plugin.over_budget or plugin.info.status == "broken" for plugin in self.plugins)
        return not bad and not self.settings


def diagnose(infos: Sequence[PluginInfo], budget_ms: float | None) -> Diagnosis:
    """Measure discovery and every active plugin, each in fresh processes.

    Args:
        infos: the plugins, as the registry describes them.
        budget_ms: milliseconds that import and on_init of a plugin may take.
    """
    malformed = malformed_settings(os.environ)
    kept = {name: value for name, value in os.environ.items() if name not in malformed}
    probe = ["-m", "lambda_powertools.cli._discovery_probe"]
    discovery = min((json.loads(_run(probe, kept)[0]) for _ in range(_PROCESSES)), key=lambda run: float(run["ms"]))
    with XRayDaemon() as daemon:
        environment = {
            "POWERTOOLS_METRICS_NAMESPACE": "doctor",
            "POWERTOOLS_SERVICE_NAME": "doctor",
            **kept,
            **lambda_environment("doctor", daemon_address=daemon.address),
            "_X_AMZN_TRACE_ID": make_trace_header(),
        }
        plugins = [_examine(info, budget_ms, environment) for info in infos]
    notes = suspicious_variables(os.environ)
    notes += [f"{path} no longer matches: run powertools freeze" for path in discovery["stale_manifests"]]
    return Diagnosis(discovery, plugins, list(malformed.values()), notes)


def _examine(info: PluginInfo, budget_ms: float | None, environment: Mapping[str, str]) -> PluginFigures:
    figures = PluginFigures(info)
    if info.status != "active":
        return figures
    probe = ["-m", "lambda_powertools.cli._probe", json.dumps([info.name, info.value])]
    runs = [json.loads(_run(probe, environment)[0]) for _ in range(_PROCESSES)]
    best = min(runs, key=lambda run: float(run["import_ms"] + run["init_ms"]))
    for name, value in best.items():
        setattr(figures, name, value)
    if budget_ms is not None and figures.start_ms > budget_ms:
        figures.over_budget = True
        _, said = _run(["-X", "importtime", *probe], environment)
        figures.chain = costliest_chain(parse_importtime(said.partition(BEGIN)[2].partition(END)[0].splitlines()))
    return figures


def _run(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[str, str]:
    result = subprocess.run(  # noqa: S603  # our own programs
        [sys.executable, *arguments],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode != 0:
        raise CliError(f"a measurement failed: {' '.join(arguments)}\n{result.stderr[-2000:]}")
    return result.stdout, result.stderr
