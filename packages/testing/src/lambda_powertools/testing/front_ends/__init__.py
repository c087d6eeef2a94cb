"""The AWS services that invoke a function for an HTTP request: the events they make, and the responses they read.

`powertools serve` and `TestClient` put them in front of a function; `events` takes its HTTP events from them.
"""

from __future__ import annotations
