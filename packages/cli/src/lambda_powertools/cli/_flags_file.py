"""The configuration that `powertools flags` works on."""

from __future__ import annotations

import json
import sys
import warnings
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambda_powertools.cli.exceptions import CliError, CliUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PACKAGE = "lambda_powertools.feature_flags"


class Configuration:
    """A file of features.

    Args:
        file: path of the file, `-` for stdin.
        envelope: JMESPath expression of the features in it.

    Raises:
        CliUsageError: feature flags are not installed, or the file cannot be read.
    """

    def __init__(self, file: str, envelope: str) -> None:
        self.package = _load_package()
        self.label = "standard input" if file == "-" else file
        if file != "-" and not Path(file).exists():
            raise CliUsageError(f"{file} does not exist")
        try:
            store = self._stdin(envelope) if file == "-" else self.package.FileStore(file, envelope=envelope)
            self.document: Any = store.get_configuration()
        except (self.package.ConfigurationStoreError, self.package.StoreClientError) as error:
            raise CliUsageError(str(error)) from None

    @property
    def names(self) -> list[str]:
        """The names of the features."""
        return list(self.document) if isinstance(self.document, dict) else []

    def check(self) -> tuple[list[str], list[str]]:
        """Return what is wrong, and what is odd."""
        parts = [{name: feature} for name, feature in self.document.items()] if self.names else [self.document]
        problems: list[str] = []

        def check_all() -> None:
            for part in parts:
                try:
                    self.package.SchemaValidator(part).validate()
                except self.package.SchemaValidationError as error:  # noqa: PERF203  # the others are checked as well
                    problems.append(str(error))

        return problems, _collect(check_all)

    def explain(self, context: dict[str, Any], features: Sequence[str]) -> tuple[list[Any], list[str]]:
        """Return what becomes of each feature, or of those that are named, and what is odd.

        Raises:
            CliError: the configuration breaks a rule of the schema.
            CliUsageError: there is no such feature.
        """
        from lambda_powertools.core.suggestions import did_you_mean

        for name in features:
            if name not in self.names:
                raise CliUsageError(f"{self.label} has no feature {name!r}{did_you_mean(name, self.names)}")
        flags = self.package.FeatureFlags(self.package.InMemoryStore(self.document))
        explanations: list[Any] = []

        def explain_all() -> None:
            explanations.extend(flags.explain(name=name, context=context) for name in features or self.names)
            flags.get_configuration()

        try:
            found = _collect(explain_all)
        except self.package.SchemaValidationError as error:
            raise CliError(f"{self.label}: {error}") from None
        return explanations, found

    def _stdin(self, envelope: str) -> Any:
        try:
            document = json.loads(sys.stdin.buffer.read())
        except ValueError as error:
            raise CliUsageError(f"standard input is not JSON: {error}") from None
        return self.package.InMemoryStore(document, envelope=envelope)


def read_context(source: str) -> dict[str, Any]:
    """Return the context: of a JSON text, or of `@` and a file.

    Raises:
        CliUsageError: it cannot be read, or is no JSON object.
    """
    name = "--context"
    text: str | bytes = source
    if source.startswith("@"):
        name = source[1:]
        try:
            text = Path(name).read_bytes()
        except OSError as error:
            raise CliUsageError(f"context file {name} cannot be read: {error.strerror}") from None
    try:
        context = json.loads(text)
    except ValueError as error:
        raise CliUsageError(f"{name} is not JSON: {error}") from None
    if not isinstance(context, dict):
        raise CliUsageError(f"{name} must be a JSON object, not {type(context).__name__}")
    return context


def _load_package() -> Any:
    # By name: the command is complete without the package, and this one asks for it only when it is used.
    try:
        return import_module(PACKAGE)
    except ModuleNotFoundError as error:
        if error.name is None or not PACKAGE.startswith(error.name):
            raise
        raise CliUsageError(
            "powertools flags needs lambda-powertools-feature-flags: "
            'pip install "lambda-powertools-feature-flags[yaml]"'
        ) from None


def _collect(run: Callable[[], None]) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        run()
    return list(dict.fromkeys(str(one.message) for one in caught))
