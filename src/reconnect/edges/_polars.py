"""Polars, or a clear word about the extra that brings it along."""

from reconnect.errors import MissingExtra

try:
    import polars as pl
except ImportError:
    raise MissingExtra("frames", "polars") from None

__all__ = ["pl"]
