"""`MODULE:HANDLER`, the way a handler is named on the command line."""

from __future__ import annotations

from typing import NamedTuple

from lambda_powertools.cli.exceptions import CliUsageError


class HandlerPath(NamedTuple):
    """Where a handler is.

    Attributes:
        module: dotted name of its module.
        attribute: its name in the module, dotted if it is in an object there.
    """

    module: str
    attribute: str

    def __str__(self) -> str:
        return f"{self.module}:{self.attribute}"


def parse_handler_path(text: str) -> HandlerPath:
    """Return the parts of `MODULE:HANDLER`.

    Raises:
        CliUsageError: it is something else; says what was probably meant.
    """
    module, _, attribute = text.partition(":")
    if _is_dotted(module) and _is_dotted(attribute) and not module.endswith(".py"):
        return HandlerPath(module, attribute)
    raise CliUsageError(f"{text!r} does not name a handler as MODULE:HANDLER, e.g. app:handler{_hint(text)}")


def _is_dotted(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))


def _hint(text: str) -> str:
    module, found, attribute = text.partition(":")
    if not found:
        module, _, attribute = text.replace("/", ".").rpartition(".")
        if attribute == "py":
            module, attribute = f"{module}.py", "handler"
    module = module.removesuffix(".py").replace("/", ".").replace("\\", ".").strip(".")
    suggestion = f"{module}:{attribute}"
    usable = _is_dotted(module) and _is_dotted(attribute) and suggestion != text
    return f". Did you mean {suggestion}?" if usable else ""
