"""Pictures of time: whose evening it costs, how a hard evening went by, and how weeks did."""

from importlib import import_module

from reconnect.errors import MissingExtra

try:
    import_module("matplotlib")
except ImportError:
    raise MissingExtra("plots", "matplotlib") from None

from reconnect.edges.plots.evenings import whose_evenings
from reconnect.edges.plots.picture import Picture
from reconnect.edges.plots.ribbon import ribbon
from reconnect.edges.plots.weeks import weeks

__all__ = ["Picture", "ribbon", "weeks", "whose_evenings"]
