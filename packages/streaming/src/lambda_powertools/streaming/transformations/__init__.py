"""Transformations of the bytes of an object."""

from lambda_powertools.streaming.transformations.base import BaseTransform
from lambda_powertools.streaming.transformations.csv import CsvTransform
from lambda_powertools.streaming.transformations.gzip import GzipTransform
from lambda_powertools.streaming.transformations.jsonl import JsonlTransform
from lambda_powertools.streaming.transformations.zip import ZipTransform
from lambda_powertools.streaming.transformations.zstd import ZstdTransform

__all__ = ["BaseTransform", "CsvTransform", "GzipTransform", "JsonlTransform", "ZipTransform", "ZstdTransform"]
