"""JSON Schema: what a document of each type looks like, for those who read and write it in other languages."""

from reconnect.edges.schema.description import json_schema

__all__ = ["json_schema"]
