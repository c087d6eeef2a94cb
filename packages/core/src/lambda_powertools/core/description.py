"""What the registry says of its plugins: to people and tools that ask, so no invocation needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lambda_powertools.core.hookspecs import HOOKS, PROJECT
from lambda_powertools.core.plugin import DEFAULT_ORDER

if TYPE_CHECKING:
    from typing import Any, Literal, Protocol

    from lambda_powertools.core.discovery import FoundPlugin
    from lambda_powertools.core.exceptions import PluginError

    class Entry(Protocol):
        """What the registry keeps of a plugin."""

        name: str
        found: FoundPlugin | None
        plugin_class: type[Any] | None
        origin: str | None


class PluginInfo(NamedTuple):
    """What `Registry.describe` says about one plugin.

    Attributes:
        name: what options are addressed to.
        status: `active`; `disabled` by a setting or `block`; `broken`: it cannot be used.
        reason: why it is disabled or broken, empty when active.
        distribution: name of the distribution it came from, None when registered by hand.
        version: version of that distribution.
        value: `module:attribute` of its class.
        order: its place, the smaller the further out; None when it could not be loaded.
        hooks: the hooks it implements.
        on_failure: `raise` or `warn`.
    """

    name: str
    status: Literal["active", "disabled", "broken"]
    reason: str
    distribution: str | None
    version: str | None
    value: str
    order: int | None
    hooks: tuple[str, ...]
    on_failure: str | None


def describe_plugin(entry: Entry, *, disabled: str | None, error: PluginError | None) -> PluginInfo:
    """Put together what is known of a plugin.

    Args:
        entry: what the registry keeps of it.
        disabled: why it is switched off, None if it is not.
        error: why it cannot be used, None if it can.
    """
    found, plugin_class = entry.found, entry.plugin_class
    distribution, _, version = (entry.origin or "").partition(" ")
    if found is not None:
        distribution, version, value = found.distribution, found.version, found.value
    else:
        value = f"{plugin_class.__module__}:{plugin_class.__qualname__}" if plugin_class else ""
    return PluginInfo(
        name=entry.name,
        status="disabled" if disabled else "broken" if error else "active",
        reason=disabled or (str(error) if error else ""),
        distribution=distribution or None,
        version=version or None,
        value=value,
        order=getattr(plugin_class, "order", DEFAULT_ORDER) if plugin_class else None,
        hooks=tuple(hook for hook in HOOKS if hasattr(getattr(plugin_class, hook, None), f"{PROJECT}_impl")),
        on_failure=str(getattr(plugin_class, "on_failure", "raise")) if plugin_class else None,
    )
