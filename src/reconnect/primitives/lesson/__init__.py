"""Lessons and experiments: ideas that people try for a while, and what they learn, with where it came from."""

from reconnect.primitives.lesson.acts import Idea, Onward
from reconnect.primitives.lesson.experiment import Experiment, Trying
from reconnect.primitives.lesson.lesson import Lesson, Revision

__all__ = ["Experiment", "Idea", "Lesson", "Onward", "Revision", "Trying"]
