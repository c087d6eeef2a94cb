"""Helpers for AppSync resolvers."""
