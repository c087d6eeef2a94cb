"""What is wrong with the POWERTOOLS_* variables of an environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.core.exceptions import SettingsError
from lambda_powertools.core.settings import Setting, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping


def malformed_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the message of each setting that holds a value it may not have, by its variable."""
    problems = {}
    for setting in vars(Settings).values():
        if isinstance(setting, Setting):
            try:
                setting.resolve(environ=environ)
            except SettingsError as error:
                problems[setting.variable] = str(error)
    return problems


def suspicious_variables(environ: Mapping[str, str]) -> list[str]:
    """Return a note for each POWERTOOLS_* variable that no setting reads but whose name is close to one's."""
    import difflib

    known = [setting.variable for setting in vars(Settings).values() if isinstance(setting, Setting)]
    notes = []
    for name in sorted(environ):
        if name.startswith("POWERTOOLS_") and name not in known:
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.85)
            if close:
                notes.append(f"environment variable {name} is read by nothing in core: did you mean {close[0]}?")
    return notes
