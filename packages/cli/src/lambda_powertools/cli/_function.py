"""What Lambda's runtime does with a function: find its handler, encode its response, describe its error."""

from __future__ import annotations

import json
import os
import sys
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class _NoHandlerError(Exception):
    """The path leads to no handler."""


def find_handler(module_name: str, attribute: str) -> Callable[..., Any]:
    """Import a module and return the handler in it.

    Raises:
        _NoHandlerError: there is no such module or attribute, or it cannot be called; says what was probably meant.
        Exception: whatever the import of the module raises.
    """
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        missing = error.name or ""
        if module_name != missing and not module_name.startswith(f"{missing}."):
            raise  # a module that the handler's own imports
        raise _NoHandlerError(f"there is no module {missing!r} in {os.getcwd()}{_similar_modules(missing)}") from None  # noqa: PTH109
    found: Any = module
    for name in attribute.split("."):
        if not hasattr(found, name):
            raise _NoHandlerError(f"{_label(module_name, found)} has no {name!r}{_similar_names(name, found)}")
        found = getattr(found, name)
    if not callable(found):
        raise _NoHandlerError(f"{module_name}:{attribute} is not callable: it is {_article(type(found).__name__)}")
    return found  # type: ignore[no-any-return]  # it is callable


def _label(module_name: str, found: Any) -> str:
    return f"module {module_name!r}" if type(found) is type(sys) else f"{type(found).__name__} {found!r:.60}"


def _article(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def _similar_modules(missing: str) -> str:
    import pkgutil

    from lambda_powertools.core.suggestions import did_you_mean

    parent, _, name = missing.rpartition(".")
    folders = list(getattr(sys.modules.get(parent), "__path__", ())) if parent else [os.getcwd()]  # noqa: PTH109
    return did_you_mean(name, [module.name for module in pkgutil.iter_modules(folders)])


def _similar_names(name: str, found: Any) -> str:
    from lambda_powertools.core.suggestions import did_you_mean

    own = getattr(found, "__name__", None)
    names = [
        key
        for key in dir(found)
        if not key.startswith("_") and callable(value := getattr(found, key)) and not isinstance(value, type)
        if own is None or getattr(value, "__module__", own) == own
    ]
    return did_you_mean(name, names)


def is_configuration_error(error: Exception) -> bool:
    """Whether the message of the core is all there is to say: an unknown plugin or option, a bad setting."""
    core = sys.modules.get("lambda_powertools.core.exceptions")
    return core is not None and isinstance(error, (core.PluginError, core.SettingsError))


def to_json(response: Any) -> str:
    """Return what a handler returned as JSON, as Lambda's runtime encodes it.

    Raises:
        TypeError: a value has no place in JSON.
        ValueError: it contains itself.
    """
    return json.dumps(response, default=_encode)


def unusable_response(response: Any, problem: Exception) -> dict[str, Any]:
    """Describe the error of a response that is no JSON."""
    message = f"Unable to marshal response: {problem}"
    if hasattr(response, "close") and hasattr(response, "__await__"):
        response.close()
        message += ". Lambda does not await a coroutine; decorated with @powertools an async handler works"
    return {"type": "Runtime.MarshalError", "message": message, "stack": []}


def describe_error(error: BaseException, machinery: str) -> dict[str, Any]:
    """Describe an error of the function, with the frames that are its own.

    Args:
        error: the error.
        machinery: file of the caller, whose frames come first and say nothing.
    """
    trace = error.__traceback__
    while trace is not None and _is_machinery(trace.tb_frame.f_code.co_filename, machinery):
        trace = trace.tb_next
    stack = "".join(traceback.format_exception(type(error), error, trace)).splitlines()
    return {"type": type(error).__name__, "message": str(error), "stack": stack}


def _is_machinery(filename: str, machinery: str) -> bool:
    return filename in {machinery, __file__, import_module.__code__.co_filename} or filename.startswith(
        "<frozen importlib"
    )


def _encode(value: Any) -> Any:
    from decimal import Decimal

    if isinstance(value, Decimal):  # as Lambda's own encoder does
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
