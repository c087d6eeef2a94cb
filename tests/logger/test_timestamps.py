import logging
import re
import time
from datetime import datetime, timezone

import pytest

from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter
from lambda_powertools.logger.formatters.datadog import DatadogLogFormatter

CREATED = 1666888003.738  # 2022-10-27T16:26:43.738Z


@pytest.fixture
def timezone_of(monkeypatch):
    def change(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield change
    monkeypatch.undo()
    time.tzset()


def text(created=CREATED, **options):
    formatter = LambdaPowertoolsFormatter(**options)
    return formatter.formatTime(record_at(created))


def record_at(created):
    record = logging.makeLogRecord({"created": created, "msecs": (created - int(created)) * 1000 + 1e-3})
    record.levelname, record.msg = "INFO", "x"
    return record


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "2022-10-27 18:26:43,738+0200"),
        ({"utc": True}, "2022-10-27 16:26:43,738+0000"),
        ({"use_rfc3339": True}, "2022-10-27T18:26:43.738+02:00"),
        ({"use_rfc3339": True, "utc": True}, "2022-10-27T16:26:43.738+00:00"),
        ({"use_rfc3339": True, "datefmt": "%H"}, "2022-10-27T18:26:43.738+02:00"),
        ({"datefmt": "%d.%m.%Y"}, "27.10.2022"),
        ({"datefmt": "%F %H %F"}, "738 18 738"),
        ({"datefmt": "noon"}, "noon"),
        ({"datefmt": "%H:%M:%S.%F", "use_datetime_directive": True}, "18:26:43.738"),
        ({"datefmt": "%H:%M:%S.%f%z", "use_datetime_directive": True, "utc": True}, "16:26:43.738000+0000"),
        ({"use_datetime_directive": True}, "2022-10-27 18:26:43,738+0200"),
    ],
    ids=str,
)
def test_time_has_the_configured_form(timezone_of, options, expected):
    """LOG-50 to LOG-53: local time by default; directives of strftime and datetime, milliseconds, RFC 3339."""
    timezone_of("Europe/Berlin")
    assert text(**options) == expected


def test_datadog_formatter_writes_rfc3339(timezone_of):
    """The formatter for Datadog differs in nothing but the time."""
    timezone_of("Europe/Berlin")
    assert DatadogLogFormatter(service="s").formatTime(record_at(CREATED)) == "2022-10-27T18:26:43.738+02:00"
    assert DatadogLogFormatter(use_rfc3339=False).formatTime(record_at(CREATED)).endswith("+0200")


def test_change_of_the_time_zone_is_honoured_within_a_second(timezone_of):
    """LOG-50: time.tzset() takes effect at the next record, in every form."""
    formatters = [LambdaPowertoolsFormatter(), LambdaPowertoolsFormatter(use_rfc3339=True)]
    found = []
    for zone in ("Europe/Berlin", "UTC", "America/New_York"):
        timezone_of(zone)
        found.append([formatter.formatTime(record_at(CREATED))[-5:] for formatter in formatters])
    assert found == [["+0200", "02:00"], ["+0000", "00:00"], ["-0400", "04:00"]]


def test_utc_ignores_the_time_zone(timezone_of):
    """LOG-50: utc=True is UTC whatever TZ says."""
    timezone_of("Asia/Tokyo")
    assert text(utc=True).endswith("+0000")


@pytest.mark.parametrize("created", [CREATED, 1666888003.0, 1666888003.9999999, 1666888003.001])
def test_datetime_directives_write_exactly_the_time_of_the_record(created):
    """LOG-52: milliseconds are counted once."""
    expected = datetime.fromtimestamp(created, tz=timezone.utc)
    found = text(created, datefmt="%Y-%m-%dT%H:%M:%S.%f%z", use_datetime_directive=True, utc=True)
    assert datetime.strptime(found, "%Y-%m-%dT%H:%M:%S.%f%z") == expected
    rfc3339 = text(created, use_rfc3339=True, utc=True)
    assert rfc3339 == expected.isoformat(timespec="milliseconds")


def test_seconds_and_milliseconds_follow_the_clock(logger, output):
    """LOG-50: time is kept for the second only as far as it does not change within it."""
    for _ in range(3):
        logger.info("x")
    record = logging.LogRecord(logger.name, 20, "", 0, "later", (), None)
    record.created += 61
    logger.registered_handler.handle(record)
    stamps = [line["timestamp"] for line in output.records]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}[+-]\d{4}", stamp) for stamp in stamps)
    assert stamps == sorted(stamps)
    assert stamps[-1][:19] > stamps[0][:19]


def test_logger_passes_the_options_on(make, output):
    """LOG-51: datefmt of Logger is that of the formatter."""
    make(datefmt="%Y!").info("x")
    assert re.fullmatch(r"\d{4}!", output.last["timestamp"])


def test_converter_can_be_replaced(timezone_of):
    """The attribute converter of logging's formatters works here, too."""
    timezone_of("Asia/Tokyo")
    formatter = LambdaPowertoolsFormatter()
    assert formatter.converter is time.localtime
    formatter.formatTime(record_at(CREATED))
    formatter.converter = time.gmtime
    assert formatter.formatTime(record_at(CREATED)).startswith("2022-10-27 16:26:43")


def test_format_time_can_be_overridden():
    """A subclass that writes times in its own way is asked."""

    class Epoch(LambdaPowertoolsFormatter):
        def formatTime(self, record, datefmt=None):  # noqa: N802  # logging's name
            return str(int(record.created))

    assert '"timestamp":"1666888003"' in Epoch().format(record_at(CREATED))


def test_format_time_takes_another_format(timezone_of):
    """formatTime(record, datefmt) writes that format."""
    timezone_of("UTC")
    assert LambdaPowertoolsFormatter().formatTime(record_at(CREATED), "%H.%F") == "16.738"
