"""Relationship-repair primitives: what people agreed and wrote down, what is next, told gently."""

from reconnect import errors
from reconnect.consent.invitation import Invitation
from reconnect.consent.mute import Quiet
from reconnect.consent.proposal import Agreed, Offer, Proposal
from reconnect.consent.reveal import Reveal
from reconnect.errors import ReconnectError
from reconnect.language.lens import Noticing, NoticingKind, lens_locales, notice, notice_own
from reconnect.language.phrasebook import locales, render
from reconnect.people.circle import Circle
from reconnect.people.person import Move, Person
from reconnect.phrase import Phrase
from reconnect.practice.hold import Hold
from reconnect.practice.lookback import look_back
from reconnect.practice.outlook import Awaiting, Outlook, Question, outlook
from reconnect.primitives.checkin import (
    CheckInSchedule,
    Closed,
    Counts,
    NewTime,
    Occurrence,
    OccurrenceKey,
    Rhythm,
    Standing,
)
from reconnect.primitives.meeting import (
    Detail,
    Level,
    MutualTimes,
    Published,
    Strain,
    Strains,
    Suggestion,
    all_published,
    mutual_times,
    publish,
    strains,
)
from reconnect.primitives.recovery import (
    Credit,
    Phase,
    Placement,
    Recovery,
    RecoveryTerms,
    RecoveryWindow,
    TimeOut,
    TopicReturn,
    credited,
)
from reconnect.record.entry import Audience, Entry, Note, Private, Sealed, Shared
from reconnect.record.journal import AlreadyThere, Erased, IdConflict, Journal, Outcome, Stored
from reconnect.record.kind import Body, Heard, UnknownBody, kind_of, register
from reconnect.record.membership import Ended, Introduced, Joined, Left, Membership, Stay, Welcomed, found, introduce
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import Story, merge
from reconnect.record.view import Ceased, View
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.instant import as_instant
from reconnect.temporal.period import Period
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.start import Start
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import Gap

__all__ = [
    "Agreed",
    "AlreadyThere",
    "Audience",
    "Awaiting",
    "Body",
    "Ceased",
    "CheckInSchedule",
    "Circle",
    "Closed",
    "Counts",
    "Credit",
    "Detail",
    "Ended",
    "Entry",
    "Erased",
    "Gap",
    "Heard",
    "Hold",
    "IdConflict",
    "Introduced",
    "Invitation",
    "Joined",
    "Journal",
    "Left",
    "Level",
    "Membership",
    "MemoryJournal",
    "Move",
    "MutualTimes",
    "NewTime",
    "Note",
    "Noticing",
    "NoticingKind",
    "Occurrence",
    "OccurrenceKey",
    "Offer",
    "Outcome",
    "Outlook",
    "Period",
    "Person",
    "Phase",
    "Phrase",
    "Placement",
    "Private",
    "Proposal",
    "Published",
    "Question",
    "Quiet",
    "ReconnectError",
    "Recovery",
    "RecoveryTerms",
    "RecoveryWindow",
    "Recurrence",
    "Reveal",
    "Rhythm",
    "Sealed",
    "Shared",
    "Standing",
    "Start",
    "Stay",
    "Stored",
    "Story",
    "Strain",
    "Strains",
    "Suggestion",
    "TimeOut",
    "TopicReturn",
    "UnknownBody",
    "View",
    "WeeklyHours",
    "Welcomed",
    "Window",
    "Windows",
    "all_published",
    "as_instant",
    "credited",
    "errors",
    "found",
    "introduce",
    "kind_of",
    "lens_locales",
    "locales",
    "look_back",
    "merge",
    "mutual_times",
    "notice",
    "notice_own",
    "outlook",
    "publish",
    "register",
    "render",
    "strains",
]
