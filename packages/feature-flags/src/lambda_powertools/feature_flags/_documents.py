"""Documents as text: what reads one says whether it has changed, and what it is decoded to is kept until then."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lambda_powertools.feature_flags._errors import FeatureFlagsDependencyError
from lambda_powertools.parameters import BaseProvider
from lambda_powertools.parameters.exceptions import GetParameterError, TransformParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES = 1024 * 1024


class Document(NamedTuple):
    """A document as it was read.

    Attributes:
        body: its text, or what a store holds in the place of one; None when the version is still the known one.
        version: by which a later read can ask whether it has changed, None without such a thing.
    """

    body: Any
    version: str | None = None


class DocumentProvider(BaseProvider):
    """Reads a document and decodes it when it has changed; an unchanged one is the same object again.

    Args:
        read: called with the version that is known, returns the document.
        decode: turns its body into the configuration.
    """

    def __init__(self, read: Callable[[str | None], Document], decode: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read
        self._decode = decode
        self._known: tuple[Document, Any] | None = None

    def _get(self, name: str, **sdk_options: Any) -> Any:  # noqa: ARG002  # there is one document
        known = self._known
        document = self._read(None if known is None else known[0].version)
        if known is not None and (document.body is None or document.body == known[0].body):
            if document.body is not None:
                self._known = (document, known[1])
            return known[1]
        configuration = self._decode(document.body)
        self._known = (document, configuration)
        return configuration

    def _get_multiple(self, path: str, **sdk_options: Any) -> dict[str, Any]:
        raise NotImplementedError("a store of feature flags has one document")


def limited(body: bytes, max_bytes: int) -> bytes:
    """Return the body.

    Raises:
        GetParameterError: it is longer than it may be.
    """
    if len(body) > max_bytes:
        raise GetParameterError(f"the document is longer than {max_bytes} bytes (max_bytes)")
    return body


def from_json(body: Any) -> Any:
    """Return what a JSON text says.

    Raises:
        TransformParameterError: it is no JSON; the message does not quote it.
    """
    import json

    try:
        return json.loads(body)
    except UnicodeDecodeError as error:
        raise TransformParameterError(f"the document is not UTF-8: byte {error.start}") from error
    except ValueError as error:
        raise TransformParameterError(f"the document is not JSON: {error}") from error
    except RecursionError as error:
        raise TransformParameterError("the document is not JSON: it is nested too deeply") from error


def require_yaml() -> None:
    """Import PyYAML, to know now and not at the first evaluation that it is missing.

    Raises:
        FeatureFlagsDependencyError: it is not installed.
    """
    try:
        import yaml  # noqa: F401  # to see whether it can be
    except ImportError as error:
        raise FeatureFlagsDependencyError(
            'PyYAML is needed to read YAML and is not installed: pip install "lambda-powertools-feature-flags[yaml]"'
        ) from error


def from_yaml(body: Any) -> Any:
    """Return what a YAML text says, by the core schema of YAML 1.2.

    So `22:00` and `2030-12-24` are texts, and only `true` and `false` are booleans: https://yaml.org/spec/1.2.2/

    Raises:
        TransformParameterError: it is no YAML.
    """
    import yaml

    try:
        return yaml.load(body, _yaml_loader())  # noqa: S506  # a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or type(error).__name__
        raise TransformParameterError(f"the document is not YAML{where}: {problem}") from error


@lru_cache(maxsize=1)
def _yaml_loader() -> Any:
    import re

    import yaml

    class CoreSchemaLoader(yaml.SafeLoader):
        """Knows no dates, no sexagesimal numbers, and no yes and no."""

        yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012  # filled below, for this class alone

    for tag, pattern, first in (
        ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
        ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
        ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", list("-+0123456789")),
        ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
    ):
        CoreSchemaLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
    return CoreSchemaLoader
