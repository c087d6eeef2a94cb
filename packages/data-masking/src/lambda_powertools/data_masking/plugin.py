"""The plugins: mask what is logged of the event, and what leaves as the response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.data_masking._views import MaskedView
    from lambda_powertools.data_masking.provider import BaseProvider

STATE_KEY = "data_masking"
LOGS_PLUGIN = "data_masking_logs"


class DataMaskingOptions:
    """Options of the plugin: `@powertools(data_masking={"response": ["customer.card"]})`.

    Attributes:
        event_in_logs: fields of the event that are erased for the plugins further out: the logger, the tracer.
        event_in_logs_rules: the same with a mask for each path.
        response: fields of the response that are erased.
        response_rules: the same with a mask for each path.
        provider: what masks, by default `BaseProvider()`.
        raise_on_missing_field: fail the invocation where a response lacks a field, instead of a warning.
    """

    def __init__(
        self,
        *,
        event_in_logs: Sequence[str] = (),
        event_in_logs_rules: Mapping[str, Mapping[str, Any]] | None = None,
        response: Sequence[str] = (),
        response_rules: Mapping[str, Mapping[str, Any]] | None = None,
        provider: BaseProvider | None = None,
        raise_on_missing_field: bool = False,
    ) -> None:
        self.event_in_logs = _names("event_in_logs", event_in_logs)
        self.event_in_logs_rules = dict(event_in_logs_rules or {})
        self.response = _names("response", response)
        self.response_rules = dict(response_rules or {})
        self.provider = provider
        self.raise_on_missing_field = raise_on_missing_field

    @property
    def masks_event(self) -> bool:
        """Whether anything of the event is to be masked."""
        return bool(self.event_in_logs or self.event_in_logs_rules)

    @property
    def masks_response(self) -> bool:
        """Whether anything of the response is to be masked."""
        return bool(self.response or self.response_rules)


class DataMaskingPlugin(Plugin[DataMaskingOptions]):
    """Masks the response on its way out, and gives the handler the event that others have seen masked."""

    name = "data_masking"
    order = 205
    Options = DataMaskingOptions

    def __init__(self, options: DataMaskingOptions | None = None) -> None:
        super().__init__(options or DataMaskingOptions())
        self._view: MaskedView | None = None

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Compile the paths, or take no part where nothing is asked."""
        options = self.options
        if options.masks_event and LOGS_PLUGIN not in application.plugins:
            from lambda_powertools.data_masking.exceptions import DataMaskingError

            raise DataMaskingError(
                f"event_in_logs needs the plugin {LOGS_PLUGIN!r}, which is switched off or not registered: allow it "
                "wherever data_masking is"
            )
        if options.masks_response:
            self._view = _view(
                options, options.response, options.response_rules, raise_on_missing=options.raise_on_missing_field
            )
        elif not options.masks_event:
            self.stand_aside()

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Put the event itself back for the plugins further in and the handler."""
        swap = invocation.state.get(STATE_KEY)
        if swap is not None:
            swap.show_original(invocation)

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> None:
        """Mask the response, and show the plugins further out the masked event again."""
        self._show_masked(invocation)
        if self._view is not None:
            invocation.response = self._view.of(invocation.response)

    @hookimpl
    def on_error(self, invocation: Invocation) -> None:
        """Show the plugins further out the masked event again."""
        self._show_masked(invocation)

    def _show_masked(self, invocation: Invocation) -> None:
        swap = invocation.state.get(STATE_KEY)
        if swap is not None:
            swap.show_masked(invocation)


class DataMaskingLogsPlugin(Plugin[None]):
    """Outermost: shows the plugins that log, trace and count a masked copy of the event."""

    name = LOGS_PLUGIN
    order = 5

    def __init__(self) -> None:
        super().__init__()
        self._view: MaskedView | None = None

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Compile the paths, or take no part where nothing is asked."""
        options = application.options.get(DataMaskingPlugin.name)
        if options is None or not options.masks_event:
            self.stand_aside()
        else:
            self._view = _view(options, options.event_in_logs, options.event_in_logs_rules, raise_on_missing=None)

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Put a masked copy in the event's place, as far as the plugin `data_masking`."""
        assert self._view is not None  # noqa: S101  # it has stood aside otherwise
        swap = invocation.state[STATE_KEY] = self._view.swap(invocation.event)
        swap.show_masked(invocation)

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> None:
        """Leave the invocation with the event it came with."""
        invocation.event = invocation.state[STATE_KEY].original

    @hookimpl
    def on_error(self, invocation: Invocation) -> None:
        """Leave the invocation with the event it came with."""
        invocation.event = invocation.state[STATE_KEY].original


def _view(
    options: DataMaskingOptions,
    fields: Sequence[str],
    rules: Mapping[str, Mapping[str, Any]],
    *,
    raise_on_missing: bool | None,
) -> MaskedView:
    from lambda_powertools.data_masking._views import MaskedView
    from lambda_powertools.data_masking.provider import BaseProvider

    return MaskedView(fields, rules, options.provider or BaseProvider(), raise_on_missing=raise_on_missing)


def _names(option: str, value: Sequence[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError(f"{option} has to be a list of fields, not one text")
    return tuple(value)
