"""Which plugins there are: found or registered, checked, ordered, blocked; and what became of each."""

from __future__ import annotations

import threading
from importlib import import_module

from lambda_powertools.core import hookspecs
from lambda_powertools.core.exceptions import (
    PluginConflictError,
    PluginError,
    PluginLoadError,
    PluginNotFoundError,
)
from lambda_powertools.core.plugin import DEFAULT_ORDER
from lambda_powertools.core.settings import Settings
from lambda_powertools.core.suggestions import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from lambda_powertools.core.description import PluginInfo
    from lambda_powertools.core.discovery import FoundPlugin


class _Entry:
    """A plugin the registry knows of; its class is imported at the first need."""

    __slots__ = ("error", "found", "name", "origin", "plugin_class", "specs")

    def __init__(
        self,
        name: str,
        found: FoundPlugin | None,
        plugin_class: type[Any] | None,
        origin: str | None,
        specs: Any = hookspecs,
    ) -> None:
        self.name = name
        self.specs = specs
        self.found = found
        self.plugin_class = plugin_class
        self.origin = origin
        self.error: PluginError | None = None

    def load(self) -> type[Any]:
        """Import and check the class; the failure is kept, so it is the same at every use.

        Raises:
            PluginLoadError: its import failed.
            PluginInvalidError: it breaks the contract.
        """
        if self.error is not None:
            raise self.error
        if self.plugin_class is None:
            try:
                self.plugin_class = self._import()
            except PluginError as error:
                self.error = error
                raise
        return self.plugin_class

    def _import(self) -> type[Any]:
        found = self.found
        assert found is not None  # noqa: S101  # an entry has a class or a place to import it from
        module, _, attribute = found.value.partition(":")
        try:
            loaded: Any = import_module(module.strip())
            for part in attribute.partition("[")[0].strip().split("."):
                loaded = getattr(loaded, part)
        except Exception as error:
            raise PluginLoadError(
                f"plugin {self.name!r} cannot be imported: {type(error).__name__}: {error}",
                plugin=self.name,
                distribution=self.origin,
            ) from error
        if not found.checked:
            from lambda_powertools.core.validation import check_plugin

            check_plugin(loaded, expected_name=self.name, distribution=self.origin, quick=True, specs=self.specs)
        return loaded  # type: ignore[no-any-return]  # check_plugin has made sure that it is a class


class Registry:
    """The plugins that `@powertools` may use.

    Works without any installed plugin: register classes by hand and give the registry to the decorator. Without one,
    the decorator uses the process-wide registry, see `get_registry`.

    Args:
        specs: what the hooks are and which versions of them are supported, a module like `hookspecs`; only to find out
            what a change to them would do to plugins.

    Example:
        >>> from lambda_powertools.core import Plugin, Registry, hookimpl
        >>> class Audit(Plugin[None]):
        ...     name = "audit"
        ...     @hookimpl
        ...     def before_invoke(self, invocation): ...
        >>> registry = Registry()
        >>> registry.register(Audit)
        >>> registry.names
        ('audit',)
    """

    def __init__(self, *, specs: Any = hookspecs) -> None:
        self._specs = specs
        self._entries: dict[str, _Entry] = {}
        self._conflicts: dict[str, PluginConflictError] = {}
        self._blocked: dict[str, str] = {}
        self._warned: set[str] = set()
        self._lock = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all plugins known, blocked and broken ones included."""
        return tuple(sorted(self._entries))

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def register(self, plugin_class: type[Any], *, distribution: str | None = None) -> None:
        """Add a plugin class.

        Args:
            plugin_class: the class; see `Plugin` for what it may define.
            distribution: `name version` it came from, for messages.

        Raises:
            PluginInvalidError: it breaks the contract; nothing of it stays behind.
            PluginConflictError: its name is taken; the plugin that has it stays.
        """
        from lambda_powertools.core.validation import check_plugin

        name = check_plugin(plugin_class, distribution=distribution, specs=self._specs)
        with self._lock:
            if name in self._entries:
                raise _conflict(name, self._entries[name].origin, distribution)
            self._entries[name] = _Entry(name, None, plugin_class, distribution, self._specs)

    def unregister(self, name: str) -> None:
        """Remove a plugin.

        Raises:
            PluginNotFoundError: there is none of that name.
        """
        with self._lock:
            if self._entries.pop(name, None) is None:
                raise self._not_found(name)
            self._conflicts.pop(name, None)

    def block(self, name: str, reason: str = "blocked") -> None:
        """Keep a plugin from being used or even imported, whether it is known already or not."""
        with self._lock:
            self._blocked[name] = reason

    def copy(self) -> Registry:
        """Return a registry that knows the same, and in which changes stay its own."""
        other = Registry(specs=self._specs)
        with self._lock:
            other._entries.update(self._entries)
            other._conflicts.update(self._conflicts)
            other._blocked.update(self._blocked)
            other._warned.update(self._warned)
        return other

    def discover(self, path: Sequence[str] | None = None) -> None:
        """Add the plugins of the installed distributions; imports none of them.

        Two distributions that claim one name are an error at the first use of a decorator, unless the name is blocked.

        Args:
            path: folders to search, `sys.path` by default.
        """
        from lambda_powertools.core.discovery import find_plugins

        with self._lock:
            for found in find_plugins(path):
                other = self._entries.get(found.name)
                if other is None:
                    self._entries[found.name] = _Entry(found.name, found, None, found.origin, self._specs)
                elif other.found is None or other.found.as_tuple()[:4] != found.as_tuple()[:4]:  # frozen or not
                    self._conflicts[found.name] = _conflict(found.name, other.origin, found.origin)

    def select(
        self, *, only: Iterable[str] | None = None, disable: Iterable[str] = (), required: Iterable[str] = ()
    ) -> list[tuple[str, type[Any], str | None]]:
        """Return name, class and origin of the plugins to use, outermost first.

        Left out are plugins that are blocked, that `POWERTOOLS_PLUGINS` or `POWERTOOLS_PLUGINS_DISABLED` rule out, and
        those in `disable`; with `only`, all others as well. A plugin whose import fails is left out with a warning, as
        one broken distribution must not stop the others, unless it is required: options were given for it.

        Raises:
            PluginNotFoundError: a name in the arguments is not known; says what was probably meant.
            PluginConflictError: two distributions claim one of the names to use.
            PluginInvalidError: a plugin to use breaks the contract.
            PluginLoadError: a required plugin cannot be imported.
        """
        required = set(required)
        wanted = None if only is None else set(only) | required
        unwanted = set(disable)
        for name in sorted((wanted or set()) | unwanted | required):
            if name not in self._entries:
                raise self._not_found(name)
        # One view of them, as another thread may register more. Not under the lock: it may import a module that
        # decorates a handler, and wait for it in turn.
        entries = self._entries.copy()
        ruled_out = self._ruled_out(entries)
        selected = []
        for name, entry in entries.items():
            if name in unwanted or name in ruled_out or (wanted is not None and name not in wanted):
                continue
            if name in self._conflicts:
                raise self._conflicts[name]
            try:
                selected.append((name, entry.load(), entry.origin))
            except PluginLoadError as error:
                if name in required:
                    raise
                self._warn_once(name, f"{error}. The other plugins go on without it.")
        return sorted(selected, key=lambda plugin: (getattr(plugin[1], "order", DEFAULT_ORDER), plugin[0]))

    def describe(self) -> list[PluginInfo]:
        """Return what is known of every plugin, outermost first; imports those that are not disabled."""
        from lambda_powertools.core.description import describe_plugin

        entries = self._entries.copy()
        ruled_out = self._ruled_out(entries)
        described = []
        for name, entry in sorted(entries.items()):
            error: PluginError | None = None
            if name not in ruled_out:
                try:
                    entry.load()
                except PluginError as failure:
                    error = failure
                error = error or self._conflicts.get(name)
            described.append(describe_plugin(entry, disabled=ruled_out.get(name), error=error))
        return sorted(described, key=lambda info: (DEFAULT_ORDER if info.order is None else info.order, info.name))

    def _ruled_out(self, entries: Mapping[str, _Entry]) -> dict[str, str]:
        settings = Settings()
        allowed, disabled = settings.plugins, settings.plugins_disabled
        reasons: dict[str, str] = {}
        if allowed is not None:
            for name in sorted(allowed.difference(entries)):
                hint = did_you_mean(name, entries)
                self._warn_once(name, f"POWERTOOLS_PLUGINS names {name!r}, which no plugin is called{hint}")
            reasons = {name: "not in POWERTOOLS_PLUGINS" for name in entries if name not in allowed}
        reasons.update(dict.fromkeys(disabled, "in POWERTOOLS_PLUGINS_DISABLED"))
        return reasons | self._blocked

    def _not_found(self, name: str) -> PluginNotFoundError:
        hint = did_you_mean(name, self._entries)
        return PluginNotFoundError(f"no plugin is called {name!r}{hint}. Is its distribution installed?", plugin=name)

    def _warn_once(self, name: str, message: str) -> None:
        with self._lock:
            if name in self._warned:
                return
            self._warned.add(name)
        import warnings

        from lambda_powertools.core.warnings import PowertoolsUserWarning

        warnings.warn(message, PowertoolsUserWarning, stacklevel=5)


def _conflict(name: str, first: str | None, second: str | None) -> PluginConflictError:
    return PluginConflictError(
        f"two plugins are called {name!r}, one from {first or 'a registered class'}, one from "
        f"{second or 'a registered class'}: uninstall one of them, or switch both off with "
        f"POWERTOOLS_PLUGINS_DISABLED={name}",
        plugin=name,
    )


_process_registry: Registry | None = None
_process_lock = threading.Lock()


def get_registry() -> Registry:
    """Return the process-wide registry; the first call discovers what is installed."""
    global _process_registry  # what is installed is a fact of the process
    if _process_registry is None:
        with _process_lock:
            if _process_registry is None:
                registry = Registry()
                registry.discover()
                _process_registry = registry
    return _process_registry


def set_registry(registry: Registry | None) -> Registry | None:
    """Put another registry in the place of the process-wide one and return the old; None: discover anew. For tests."""
    global _process_registry
    previous, _process_registry = _process_registry, registry
    return previous
