"""Whether a class keeps the contract of a plugin; pluggy judges its hooks.

Importing pluggy takes about as long as a whole cold start without it, so a plugin that is found installed is spared it
where the rules below leave pluggy nothing to judge: ordinary methods with our own marker, of known names and arguments.
That the two agree is tested. A class registered by hand, and whatever is odd, pluggy sees in any case.
"""

from __future__ import annotations

from keyword import iskeyword
from types import FunctionType, MethodType, ModuleType, SimpleNamespace

from lambda_powertools.core import hookspecs
from lambda_powertools.core.callables import (
    argument_names,
    is_coroutine_function,
    is_generator_function,
    required_names,
)
from lambda_powertools.core.exceptions import PluginInvalidError
from lambda_powertools.core.hookspecs import HOOKS, PROJECT
from lambda_powertools.core.suggestions import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, NoReturn

RESERVED_NAMES = frozenset({"service", "registry", "only", "disable", "settings"})
"""Names of the decorator's own options, which no plugin can have."""


def check_plugin(
    plugin_class: object,
    *,
    expected_name: str | None = None,
    distribution: str | None = None,
    quick: bool = False,
    specs: Any = hookspecs,
) -> str:
    """Return the name of a plugin class that keeps the contract; warn of what in it is deprecated.

    Args:
        plugin_class: what is to be checked.
        expected_name: name of its entry point, which must be its own.
        distribution: `name version` it came from, for the message.
        quick: whether pluggy is spared where it could find nothing.
        specs: what the hooks are, and which versions of them are supported: a module like `hookspecs`.

    Raises:
        PluginInvalidError: it does not; names the plugin, its distribution, what is wrong and what is expected.
    """
    name = getattr(plugin_class, "name", None) if isinstance(plugin_class, type) else None

    def refuse(problem: str) -> NoReturn:
        label = expected_name or (name if isinstance(name, str) else None) or _label(plugin_class)
        raise PluginInvalidError(f"plugin {label!r} {problem}", plugin=label, distribution=distribution)

    if not isinstance(plugin_class, type):
        refuse(f"is {plugin_class!r}: a plugin is a class")
    if (problem := check_plugin_name(name)) is not None:
        refuse(f"has the name {name!r}: {problem}")
    if expected_name is not None and name != expected_name:
        refuse(f"has the name {name!r}, its entry point is called {expected_name!r}: give both the same")
    order = getattr(plugin_class, "order", 0)
    if not isinstance(order, int) or isinstance(order, bool):
        refuse(f"has the order {order!r}: an int is expected")
    on_failure = getattr(plugin_class, "on_failure", "raise")
    if isinstance(on_failure, str) and on_failure not in {"raise", "warn"}:
        refuse(f"has on_failure = {on_failure!r}: 'raise' or 'warn' is expected")
    options = getattr(plugin_class, "Options", None)
    if options is not None and not isinstance(options, type):
        refuse(f"has Options = {options!r:.80}: a class is expected, or None")
    if (problem := _check_version(plugin_class, specs)) is not None:
        refuse(problem)
    if (problem := _check_hooks(plugin_class, specs, quick=quick)) is not None:
        refuse(problem)
    _warn_of_deprecations(plugin_class, specs, distribution)
    return str(name)


def _check_version(plugin_class: type[Any], specs: Any) -> str | None:
    newest, oldest = specs.HOOK_API_VERSION, specs.OLDEST_HOOK_API_VERSION
    version = getattr(plugin_class, "hook_api", newest)
    if isinstance(version, int) and not isinstance(version, bool) and oldest <= version <= newest:
        return None
    from lambda_powertools.core.__about__ import __version__

    supported = f"version {newest}" if oldest == newest else f"versions {oldest} to {newest}"
    older = isinstance(version, int) and version < oldest
    mend = (
        "upgrade the plugin"
        if older
        else "upgrade lambda-powertools-core"
        if isinstance(version, int)
        else "give a number"
    )
    return (
        f"is written for version {version!r} of the hooks, the installed lambda-powertools-core {__version__} has "
        f"{supported}: {mend}, or install versions of the two that go together"
    )


def check_plugin_name(name: object) -> str | None:
    """Return what is wrong with a plugin's name, None if nothing is."""
    if not isinstance(name, str) or not name.isidentifier() or iskeyword(name):
        return "an identifier is expected, as it is the name of an option"
    if name in RESERVED_NAMES:
        return "it is an option of the decorator itself"
    return None


def _check_hooks(plugin_class: type[Any], specs: Any, *, quick: bool) -> str | None:
    implementations = _implementations(plugin_class)
    for attribute, implementation in implementations.items():
        if (problem := next(_problems(attribute, implementation, specs), None)) is not None:
            return problem
    if quick and all(_is_ordinary(implementation) for implementation in implementations.values()):
        return None
    import pluggy  # here, not above: see the module's docstring

    # A manager for this one class: whatever pluggy keeps of a registration that failed goes with it.
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(_without_warnings(specs))
    try:
        manager.register(SimpleNamespace(**implementations), name=plugin_class.__qualname__)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        return f"has hooks that cannot be registered: {error}"
    return None


def _without_warnings(specs: Any) -> ModuleType:
    """Return the specifications without what they say of deprecation: pluggy's warnings name no distribution."""
    module = ModuleType(PROJECT)
    for hook in HOOKS:
        spec: Any = getattr(specs, hook)
        copy = FunctionType(spec.__code__, spec.__globals__, hook)
        setattr(copy, _SPEC_MARK, {**getattr(spec, _SPEC_MARK), "warn_on_impl": None, "warn_on_impl_args": None})
        setattr(module, hook, copy)
    return module


def _warn_of_deprecations(plugin_class: type[Any], specs: Any, distribution: str | None) -> None:
    for hook, implementation in _implementations(plugin_class).items():
        options = getattr(getattr(specs, hook), _SPEC_MARK)
        if options["warn_on_impl"]:
            _warn(plugin_class, f"implements {hook}, which is deprecated: {options['warn_on_impl']}", distribution)
        for argument, instead in (options["warn_on_impl_args"] or {}).items():
            if argument in argument_names(implementation):
                asks = f"asks {hook} for the argument {argument!r}, which is deprecated: {instead}"
                _warn(plugin_class, asks, distribution)


def _warn(plugin_class: type[Any], what: str, distribution: str | None) -> None:
    import warnings

    from lambda_powertools.core.warnings import PowertoolsDeprecationWarning

    origin = f" (from {distribution})" if distribution else ""
    message = PowertoolsDeprecationWarning(f"plugin {plugin_class.name!r} {what}{origin}")
    # Told of the plugin's own module, so that a filter for it works, and once for it wherever it is registered.
    warnings.warn_explicit(message, None, plugin_class.__module__, 1, plugin_class.__module__)


def _is_ordinary(implementation: Any) -> bool:
    return (
        isinstance(implementation, MethodType)
        and isinstance(implementation.__func__, FunctionType)
        and not hasattr(implementation, "__wrapped__")
        and _marker_options(implementation) == hookspecs.IMPL_OPTIONS
    )


def _implementations(plugin_class: type[Any]) -> dict[str, Any]:
    """Return what is marked as a hook, or called like one, bound as it is in an instance."""
    found: dict[str, Any] = {}
    for owner in reversed(plugin_class.__mro__):
        for attribute, value in vars(owner).items():
            found.pop(attribute, None)
            bound = value.__get__(_INSTANCE, plugin_class) if isinstance(value, _METHODS) else value
            if _marker_options(bound) is not None or (attribute in HOOKS and bound is not None):
                found[attribute] = bound
    return found


_INSTANCE: Any = object()
_METHODS = (FunctionType, staticmethod, classmethod)
_SPEC_MARK = f"{PROJECT}_spec"


def _problems(hook: str, implementation: Any, specs: Any) -> Iterator[str]:
    options = _marker_options(implementation)
    if options is None:
        yield f"defines {hook} without @hookimpl: mark it, or give it another name"
    elif any(options.values()):
        used = ", ".join(sorted(key for key, value in options.items() if value))
        yield f"marks {hook} with {used}: hooks are ordered by the plugin's order alone, use plain @hookimpl"
    if hook not in HOOKS:
        yield f"implements an unknown hook {hook!r}{did_you_mean(hook, HOOKS)}"
    if is_generator_function(implementation):
        yield f"has a yield in {hook}, which then never runs: split it into before_invoke and after_invoke"
    if hook == "on_init" and is_coroutine_function(implementation):
        yield "has an asynchronous on_init: a handler is decorated where nothing can be awaited, make it a plain def"
    known = argument_names(getattr(specs, hook))
    for argument in required_names(implementation):
        if argument not in known:
            yield f"asks {hook} for an argument {argument!r} that it does not have; it has: {', '.join(known)}"


def _marker_options(implementation: Any) -> dict[str, Any] | None:
    options = getattr(implementation, f"{PROJECT}_impl", None)
    return options if isinstance(options, dict) else None


def _label(plugin_class: object) -> str:
    return getattr(plugin_class, "__qualname__", None) or type(plugin_class).__qualname__
