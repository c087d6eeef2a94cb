"""Content types that responses commonly have."""

from __future__ import annotations

APPLICATION_JSON = "application/json"
TEXT_PLAIN = "text/plain"
TEXT_HTML = "text/html"
