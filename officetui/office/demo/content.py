"""The shape of a sample office's words; the days and states are the same in every language."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Who(msgspec.Struct, frozen=True):
    """One person of the sample directory. `rank` is the place in the order of precedence."""

    name: str
    unit: str
    phone: str
    post: str = ""
    rank: int | None = None
    portfolio: tuple[str, ...] = ()
    office_phone: str = ""
    note: str = ""


class Gathering(msgspec.Struct, frozen=True):
    """The words of one sample meeting."""

    title: str
    scope: str
    unit: str
    room: int = 0  # which of the rooms


class Content(msgspec.Struct, frozen=True):
    """Everything of a sample office that is written in its language.

    `people` is keyed by the names the plan uses for them. `papers` are (issuer, number, title,
    genre) in the order of their receipt numbers; `{y}` in a number is the year.
    """

    office: str
    duty_phone: str
    rooms: tuple[str, ...]
    vehicles: tuple[str, ...]
    units: tuple[str, ...]
    here: str  # where who is in the office is
    outings: Mapping[str, tuple[str, str]]  # place, matter
    people: Mapping[str, Who]
    papers: tuple[tuple[str, str, str, str], ...]
    proposal: str  # with {name}
    instruction: str  # with {unit}
    results: tuple[str, ...]
    opinion: str
    urged: tuple[str, ...]  # answers to an urging
    visitors: tuple[tuple[str, str], ...]  # name, matter
    villages: tuple[str, ...]
    firms: tuple[str, ...]
    safety: str  # the post asked to a meeting, with {village}
    unanswered: tuple[tuple[str, str], ...]  # name, matter of those who wait
    spot: str
    passed_on: str
    hotline_unit: str
    told: tuple[str, ...]  # answers to a notice: nobody answers, switched off, will come
    handover: str
    evening: str  # what the day hands to the night
    meetings: Mapping[str, Gathering]
    items: tuple[str, ...]  # the checklist of a committee meeting
    work_items: tuple[str, ...]  # of a work meeting
    agenda: tuple[str, ...]
    decisions: tuple[str, ...]
    org_code: str  # before the numbers of outgoing papers
    outgoing: tuple[tuple[str, str], ...]  # title, main recipient
    void: str  # why one of them is void
    drafts: tuple[str, str]  # a speech, a report
    followups: tuple[tuple[str, str, str], ...]  # who raised it, what, done when
    errands: tuple[tuple[str, str], ...]  # for whom or which unit, what; in the order of the plan
    seal: str
    pieces: tuple[str, ...]  # titles of information, in the order of the plan
    above: str  # to whom information is sent
    driver: str
    # where, what, who told, casualties, scope, trend, measures, reported to, result
    incident: tuple[str, str, str, str, str, str, str, str, str]
