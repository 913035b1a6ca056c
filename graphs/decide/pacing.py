"""Decides how long a session is."""

from datetime import timedelta

from graphs.decide.view import TurnView
from learners.ports import Profile

_MINUTES_BELOW_AGE = ((8, 10), (11, 15))
_MINUTES_OLDER = 20
_MINUTES_UNKNOWN = 15


def planned(profile: Profile) -> timedelta:
    """The planned length of a session: the parent's setting, else 10 minutes below 8 years, 15 below 11, 20 above."""
    if profile.session_minutes is not None:
        return timedelta(minutes=profile.session_minutes)
    if profile.age is None:
        return timedelta(minutes=_MINUTES_UNKNOWN)
    for age, minutes in _MINUTES_BELOW_AGE:
        if profile.age < age:
            return timedelta(minutes=minutes)
    return timedelta(minutes=_MINUTES_OLDER)


def time_is_over(view: TurnView) -> bool:
    """Whether Pika itself should now offer to finish: once a session."""
    started = view.conversation.started_at
    if started is None or view.conversation.farewell_proposed:
        return False
    return view.now - started >= planned(view.profile)
