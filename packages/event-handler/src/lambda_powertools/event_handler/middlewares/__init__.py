"""Middlewares: what they are made of, and those that come with the package."""

from __future__ import annotations

from lambda_powertools.event_handler.middlewares.base import AsyncNextMiddleware, BaseMiddlewareHandler, NextMiddleware

__all__ = ["AsyncNextMiddleware", "BaseMiddlewareHandler", "NextMiddleware"]
