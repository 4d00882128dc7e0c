"""An ordinary day of the sample office, answered and signed, and the files made of it.

`python -m tests.report.ordinary_day` writes the golden files anew.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from officetui.office import review_signing
from officetui.office.clock import FixedClock
from officetui.office.day_review import DayReview, review
from officetui.office.office import Office
from officetui.report.review_files import html
from officetui.report.review_markdown import as_markdown
from officetui.text.i18n import set_language
from tests.ui.sample_office import MORNING, found_office

GOLDEN = Path(__file__).parent / "golden"
EVENING = "evening"
LATER = {"due": "2026-11-24"}
NOTE = "石桥村停水，水厂答应22:00前恢复，夜班21:30问一次。\n另：巡察组22日到。"


def ordinary(home: Path, *, accepted: bool = True) -> tuple[Office, DayReview]:
    """The Friday of the board at 17:26: two matters go to the night, one was reported, the others
    got another date; signed, and accepted by phone."""
    office = found_office(home)
    office.watch = FixedClock(MORNING + timedelta(hours=9, minutes=28))
    day = office.today
    for number, asked in enumerate(review(office, day, EVENING).asked):
        record = office.get(asked.ref)
        assert record is not None
        if number < 2:
            review_signing.carry(office, day, EVENING, asked, "等水厂回话")
        elif number == 2:
            review_signing.report(office, day, EVENING, asked, "王建国", "phone")
        else:
            more = {"notify_due": LATER["due"]} if record.register == "reception" else {}
            office.set(record, LATER | more)
    review_signing.write_note(office, day, EVENING, NOTE)
    inputs = {"accepted_by": "罗丹", "accepted_how": "phone"} if accepted else {}
    review_signing.sign(office, day, EVENING, inputs)
    return office, review(office, day, EVENING)


def documents(office: Office, made: DayReview) -> dict[str, str]:
    """What the golden files hold, by name; in the language in force."""
    return {"day.md": as_markdown(made), "day.html": html(office, made)}


def main() -> None:
    for language in ("zh_CN", "en"):
        set_language(language)
        with tempfile.TemporaryDirectory() as folder:
            office, made = ordinary(Path(folder) / "office")
            for name, text in documents(office, made).items():
                (GOLDEN / f"{language}.{name}").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
