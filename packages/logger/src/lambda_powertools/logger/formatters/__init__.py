"""Formatters for other observability providers."""
