"""The one word by which an answer shows that a value of this library refused."""

from typing import Final

__all__ = ["TYPE"]

TYPE: Final = "reconnect"
