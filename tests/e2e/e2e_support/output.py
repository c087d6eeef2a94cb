"""Reads what an environment printed: our JSON lines, those of runtime and emulator, and whatever is neither."""

from __future__ import annotations

import json
import re
from typing import Any

# The platform's own lines (https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html), the runtime client's
# report of an error, one line with carriage returns in it, and its one warning. What a library logs through the root
# logger looks like that warning with another text: it is a stray.
_PLATFORM = re.compile(r"(START|END|REPORT) RequestId: |\[ERROR\] |\[WARNING\]\t\S+\t\S*\tLAMBDA_WARNING: ")


class Output:
    """The standard output of an environment, sorted.

    Attributes:
        logs: log records of ours.
        metrics: EMF objects of ours.
        platform: lines that the runtime or the emulator wrote.
        strays: every other line: nobody should have written it.
    """

    def __init__(self, text: str) -> None:
        self.logs: list[dict[str, Any]] = []
        self.metrics: list[dict[str, Any]] = []
        self.platform: list[str] = []
        self.strays: list[str] = []
        for line in text.split("\n"):
            if line:
                self._sort(line)

    def _sort(self, line: str) -> None:
        if _PLATFORM.match(line):
            self.platform.append(line)
            return
        try:
            record = json.loads(line)
        except ValueError:
            self.strays.append(line)
            return
        if not isinstance(record, dict):
            self.strays.append(line)
        elif "_aws" in record:
            self.metrics.append(record)
        elif {"level", "message", "timestamp", "service"} <= record.keys():
            self.logs.append(record)
        elif "errorType" in record or record.get("type", "").startswith("platform."):
            self.platform.append(line)
        else:
            self.strays.append(line)

    def logs_of(self, request_id: str) -> list[dict[str, Any]]:
        """Return the log records of one request."""
        return [record for record in self.logs if record.get("function_request_id") == request_id]
