"""A plan is a rule with everything filled in that RFC 5545 takes from its start."""

import datetime as dt

from attrs import frozen

from reconnect.temporal.rule import WEEKDAYS, Frequency, Rule, weekday


@frozen(kw_only=True)
class Plan:
    """A rule with everything filled in that RFC 5545 takes from its start."""

    frequency: Frequency
    every: int
    week_start: int
    months: tuple[int, ...]
    weeks: tuple[int, ...]
    year_days: tuple[int, ...]
    month_days: tuple[int, ...]
    days: tuple[tuple[int, int], ...]
    times: tuple[int, ...]
    positions: tuple[int, ...]
    origin: int

    @property
    def never(self) -> bool:
        """Tell whether every set position is beyond what a period can hold."""
        days = {Frequency.DAILY: 1, Frequency.WEEKLY: len(self.days)}.get(self.frequency, 366)
        return bool(self.positions) and min(map(abs, self.positions)) > days * len(self.times)

    @classmethod
    def of(cls, rule: Rule, start: dt.datetime) -> "Plan":
        """Take from the start what the rule does not say: its weekday, its day, its month, its time."""
        months, month_days, days = rule.months, rule.month_days, tuple(map(weekday, rule.days))
        match rule.frequency:
            case Frequency.WEEKLY:
                days = days or ((start.weekday(), 0),)
            case Frequency.MONTHLY if not (days or month_days):
                month_days = (start.day,)
            case Frequency.YEARLY if not (days or rule.year_days):
                if rule.weeks:
                    days = () if month_days else ((start.weekday(), 0),)
                else:
                    months, month_days = months or (start.month,), month_days or (start.day,)
            case _:
                pass
        times = {
            hour * 3600 + minute * 60 + second
            for hour in rule.hours or (start.hour,)
            for minute in rule.minutes or (start.minute,)
            for second in rule.seconds or (start.second,)
        }
        return cls(
            frequency=rule.frequency,
            every=rule.every,
            week_start=WEEKDAYS.index(rule.week_start),
            months=months,
            weeks=rule.weeks,
            year_days=rule.year_days,
            month_days=month_days,
            days=days,
            times=tuple(sorted(times)),
            positions=rule.positions,
            origin=start.toordinal(),
        )
