"""Values of AppSync's scalar types.

https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime


def make_id() -> str:
    """Return a random id, for a field of type `ID`.

    https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4

    Example:
        >>> len(make_id())
        36
    """
    import uuid

    return str(uuid.uuid4())


def aws_date(timezone_offset: int = 0) -> str:
    """Return today as an `AWSDate`, such as `2026-01-31Z`.

    Args:
        timezone_offset: hours that the zone is ahead of UTC.
    """
    return _formatted_time(_now(), "%Y-%m-%d", timezone_offset)


def aws_time(timezone_offset: int = 0) -> str:
    """Return the time of day as an `AWSTime`, such as `08:00:00.000Z`.

    Args:
        timezone_offset: hours that the zone is ahead of UTC.
    """
    return _formatted_time(_now(), "%H:%M:%S.%f", timezone_offset)


def aws_datetime(timezone_offset: int = 0) -> str:
    """Return the moment as an `AWSDateTime`, such as `2026-01-31T08:00:00.000Z`.

    Args:
        timezone_offset: hours that the zone is ahead of UTC.
    """
    return _formatted_time(_now(), "%Y-%m-%dT%H:%M:%S.%f", timezone_offset)


def aws_timestamp() -> int:
    """Return the moment as an `AWSTimestamp`: whole seconds since 1970."""
    import time

    return int(time.time())


def _now() -> datetime:
    from datetime import datetime, timezone

    return datetime.now(timezone.utc)


def _formatted_time(now: date | datetime, fmt: str, timezone_offset: int) -> str:
    """Return a moment of UTC as the clocks of a zone show it, to the millisecond, with the zone's suffix."""
    from datetime import timedelta

    text = (now + timedelta(hours=timezone_offset)).strftime(fmt)
    if fmt.endswith(".%f"):
        text = text[:-3]
    return f"{text}Z" if timezone_offset == 0 else f"{text}{timezone_offset:+03d}:00:00"
