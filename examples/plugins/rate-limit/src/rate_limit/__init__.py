"""Answers callers that call too often, before the handler runs."""

from rate_limit.plugin import RateLimitOptions, RateLimitPlugin

__all__ = ["RateLimitOptions", "RateLimitPlugin"]
