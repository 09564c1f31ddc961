"""Pictures of time: whose evening it costs, and how a hard evening went by."""

from reconnect.errors import MissingExtra

try:
    import matplotlib as mpl  # noqa: F401 - whoever lacks it hears here which extra brings it along
except ImportError:
    raise MissingExtra("plots", "matplotlib") from None

from reconnect.edges.plots.evenings import whose_evenings
from reconnect.edges.plots.picture import Picture

__all__ = ["Picture", "whose_evenings"]
