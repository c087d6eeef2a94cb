"""Events of custom widgets on CloudWatch dashboards.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import default, flag, optional, optional_wrapped, required, wrapped
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    from lambda_powertools.core.static import Any


class TimeZone(DictWrapper):
    """The time zone that the dashboard shows."""

    label = required("label", str)
    offset_iso = required("offsetISO", str, doc="Such as `+02:00`.")
    offset_in_minutes = required("offsetInMinutes", int)


class TimeRange(DictWrapper):
    """The time that the dashboard shows, in milliseconds of Unix time."""

    mode = required("mode", str, doc="`relative` or `absolute`.")
    start = required("start", int)
    end = required("end", int)
    relative_start = optional("relativeStart", int)
    zoom_start = optional(("zoom", "start"), int)
    zoom_end = optional(("zoom", "end"), int)


class CloudWatchWidgetContext(DictWrapper):
    """The dashboard and the widget on it that the function draws."""

    dashboard_name = required("dashboardName", str)
    widget_id = required("widgetId", str)
    domain = required("domain", str)
    account_id = required("accountId", str)
    locale = required("locale", str)
    timezone = wrapped("timezone", TimeZone)
    period = required("period", int, doc="In seconds.")
    is_auto_period = flag("isAutoPeriod")
    time_range = wrapped("timeRange", TimeRange)
    theme = required("theme", str, doc="`light` or `dark`.")
    link_charts = flag("linkCharts")
    title = required("title", str)
    params = required("params", dict[str, Any])
    forms = required(("forms", "all"), dict[str, Any], doc="What the forms of the widget hold, by field.")
    height = required("height", int, doc="In pixels.")
    width = required("width", int, doc="In pixels.")


class CloudWatchDashboardCustomWidgetEvent(DictWrapper):
    """A dashboard asks for the content of a widget, or for the documentation of the function (`describe`).

    Example:
        >>> event = CloudWatchDashboardCustomWidgetEvent({"widgetContext": {"title": "Orders"}})
        >>> event.describe, event.widget_context.title
        (False, 'Orders')
    """

    describe = default("describe", bool)
    widget_context = optional_wrapped("widgetContext", CloudWatchWidgetContext, none_if_empty=True)
