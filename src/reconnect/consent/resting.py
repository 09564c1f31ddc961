"""What a story rests on: the proposals whose acts travel along with it, and those that are about it."""

from collections.abc import Iterable, Iterator

from reconnect.consent.offer import Offered
from reconnect.consent.proposal import Proposal
from reconnect.record.entry import Entry
from reconnect.record.story import Story
from reconnect.record.view import View

__all__ = ["acts_about", "proposals_of"]


def proposals_of(story: Story) -> Iterator[Proposal]:
    """Go through the proposals whose acts are among those of a story."""
    acts: dict[str, list[Entry]] = {}
    for act in story.acts:
        if act.about is not None and isinstance(act.body, Proposal.bodies):
            acts.setdefault(act.about, []).append(act)
    for name, told in acts.items():
        yield Proposal(id=name, circle=story.circle, acts=told, founding=story.founding)


def acts_about(view: View, id: str, *, named: Iterable[str] = ()) -> Iterator[Entry]:  # noqa: A002 - the field's own name
    """Go through the visible acts of the proposals about an id, and of those that are named."""
    offered = (e for e in view.entries(kind=Offered) if isinstance(e.body, Offered) and e.body.about == id)
    for name in dict.fromkeys((*named, *(entry.about for entry in offered if entry.about is not None))):
        yield from (entry for entry in view.about(name) if isinstance(entry.body, Proposal.bodies))
