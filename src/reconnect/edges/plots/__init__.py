"""Pictures of time: whose evening it costs, and how a hard evening went by."""

from importlib.util import find_spec

from reconnect.errors import MissingExtra

if find_spec("matplotlib") is None:
    raise MissingExtra("plots", "matplotlib")

from reconnect.edges.plots.evenings import whose_evenings
from reconnect.edges.plots.picture import Picture
from reconnect.edges.plots.ribbon import ribbon

__all__ = ["Picture", "ribbon", "whose_evenings"]
