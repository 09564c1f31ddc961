"""The web: values as bodies and answers in FastAPI and pydantic, and refusals that never repeat what was sent.

To import it teaches every value of the library how pydantic reads, writes and describes it; nothing else in Python
changes, and pydantic itself is imported only when it asks.
"""

from reconnect.edges.web.refusals import add_handlers, refuse, refuse_form, status_of
from reconnect.edges.web.values import teach, teach_all

__all__ = ["add_handlers", "refuse", "refuse_form", "status_of", "teach"]

teach_all()
