"""What a decorated handler is to its plugins: settings, options and plugin instances, built when it is decorated."""

from __future__ import annotations

from lambda_powertools.core.callables import display_name, is_coroutine_function
from lambda_powertools.core.exceptions import PluginInvalidError
from lambda_powertools.core.package_logger import report_failure
from lambda_powertools.core.pipeline import Pipeline, bound_hook
from lambda_powertools.core.plugin import build_options
from lambda_powertools.core.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from lambda_powertools.core.registry import Registry


class Application:
    """A decorated handler, as its plugins see it in `on_init` and through `Invocation.application`.

    Attributes:
        name: name of the handler.
        handler: the handler itself, undecorated.
        is_async: whether the handler is a coroutine function.
        settings: the settings in force; an explicit `service` is among them.
        options: the validated options object of each plugin, by plugin name.
        plugins: the plugin instances by name, outermost first.
        pipeline: runs their hooks.
    """

    def __init__(
        self,
        handler: Callable[..., Any],
        registry: Registry,
        *,
        service: str | None = None,
        only: Iterable[str] | None = None,
        disable: Iterable[str] = (),
        options: Mapping[str, Any] | None = None,
    ) -> None:
        given = dict(options or {})
        self.name = display_name(handler)
        self.handler = handler
        self.is_async = is_coroutine_function(handler)
        self.settings = Settings(explicit={"POWERTOOLS_SERVICE_NAME": service})
        self.options: dict[str, Any] = {}
        self.plugins: dict[str, Any] = {}
        selected = registry.select(
            only=only,
            disable={*disable, *(name for name, value in given.items() if value is False)},
            required={name for name, value in given.items() if value is not False},
        )
        for name, plugin_class, origin in selected:
            options_class = getattr(plugin_class, "Options", None)
            built = build_options(name, origin, options_class, given.get(name, True))
            self.options[name] = built
            try:
                self.plugins[name] = plugin_class() if options_class is None else plugin_class(built)
            except TypeError as error:
                raise PluginInvalidError(
                    f"plugin {name!r} cannot be constructed: {error}; it is called with its options object if it has "
                    "Options, else without arguments",
                    plugin=name,
                    distribution=origin,
                ) from error
        for name in list(self.plugins):
            if not self._initialise(name):
                del self.plugins[name]
        self.pipeline = Pipeline(self.plugins.values(), asynchronous=self.is_async, report=self.report)

    def __repr__(self) -> str:
        return f"<Application {self.name} plugins=[{', '.join(self.plugins)}]>"

    @property
    def service(self) -> str | None:
        """Name of the service: given to the decorator, else `POWERTOOLS_SERVICE_NAME`, else None."""
        return self.settings.service_name

    def report(self, plugin: str, hook: str, error: BaseException) -> None:
        """Log a failure of a plugin that must not stop the handler."""
        report_failure(f"plugin {plugin!r} failed in {hook} of {self.name}, which goes on without it", error)

    def _initialise(self, name: str) -> bool:
        plugin = self.plugins[name]
        on_init = bound_hook(plugin, "on_init")
        if on_init is None:
            return True
        try:
            on_init(self)
        except Exception as error:
            if getattr(plugin, "on_failure", "raise") != "warn":
                raise
            self.report(name, "on_init", error)
            return False
        return True
