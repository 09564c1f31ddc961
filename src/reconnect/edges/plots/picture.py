"""A picture is a figure together with the same in words, for those who do not see it."""

# pyright: reportUnknownMemberType=false
# matplotlib gives no types to its keyword arguments.

import datetime as dt
import io
from collections.abc import Sequence
from typing import Final

from attrs import field, frozen
from matplotlib.artist import Artist
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from reconnect.temporal.instant import as_instant, to_microseconds

__all__ = ["INK", "LINE", "SKY", "Picture", "legend_below", "on_the_axis"]

INK: Final = "#2b2f36"
LINE: Final = "#7c889c"  # seen by day and by night
# The sky by the hour: dark at night, light at noon. Light and dark alone tell the hours apart, without any hue.
SKY: Final = LinearSegmentedColormap.from_list(
    "sky",
    [
        (0.0, "#12203c"),
        (0.22, "#1c3157"),
        (0.29, "#8fa6c4"),
        (0.36, "#e4edf5"),
        (0.5, "#f7fafc"),
        (0.7, "#e9eff5"),
        (0.79, "#c3cfdf"),
        (0.88, "#4a608a"),
        (0.94, "#1f3358"),
        (1.0, "#12203c"),
    ],
)


@frozen(eq=False)
class Picture:
    """A picture, and the same in words for those who do not see it.

    A notebook shows it when it stands at the end of a cell; `figure.savefig(...)` writes it to a file.

    Attributes:
        figure: the figure of matplotlib.
        alt: what it shows, in words.
    """

    figure: Figure = field(repr=False)
    alt: str

    def png(self, *, dpi: int = 110) -> bytes:
        """Return the picture as the bytes of a PNG file."""
        held = io.BytesIO()
        self.figure.savefig(held, format="png", dpi=dpi, metadata={"Software": None, "Description": self.alt})
        return held.getvalue()

    def _repr_mimebundle_(self, **_: object) -> dict[str, bytes | str]:
        return {"image/png": self.png(), "text/plain": self.alt}


def on_the_axis(moment: dt.datetime) -> float:
    """Return where a moment stands on the axis: days from 1970, as matplotlib counts them."""
    return to_microseconds(as_instant(moment)) / 86_400_000_000


def legend_below(figure: Figure, marks: Sequence[Artist], said: Sequence[str], *, size: float = 9) -> None:
    """Say below a picture, in one line, what its marks are."""
    figure.legend(
        list(marks), said, loc="outside lower center", ncols=len(said), frameon=False, fontsize=size, labelcolor=INK
    )
