"""Rules at entry on the command line: listed, set, and refused when unknown."""

from __future__ import annotations

from typing import Any

RULE = "documents.urgent_due"


def test_rules_are_listed_and_set(office: Any) -> None:
    def severity() -> tuple[str, bool]:
        found = {one["id"]: one for one in office.json("doctor", "--rules")}
        assert found[RULE].keys() == {
            "id", "register", "severity", "own", "default", "text", "source"
        }  # fmt: skip
        return found[RULE]["severity"], found[RULE]["own"]

    assert severity() == ("hint", False)
    office.good("set", "settings:rules", f"{RULE}=block", "documents.duplicate=warn")
    assert severity() == ("block", True)
    run = office("add", "documents", "县应急局 关于低温雨雪防范的通知 #特急 @李梅")
    assert run.returncode == 1 and "urgent" in run.stderr
    assert "关于低温雨雪防范的通知" in run.stderr  # what was typed is kept
    assert office.json("list", "documents") == []
    printed = office.good("doctor", "--rules")
    assert RULE in printed and "block (set here)" in printed and "2012" in printed
    office.good("set", "settings:rules", f"{RULE}=")
    assert severity() == ("hint", False)


def test_unknown_rules_and_severities_are_refused(office: Any) -> None:
    for words in (
        ("documents.nonsense=warn",),
        (f"{RULE}=never",),
        ('value={"documents.nonsense":"warn"}',),
        ("value=[]",),
        ("block",),
        (f"{RULE}=block", "documents.nonsense="),
    ):
        run = office("set", "settings:rules", *words)
        assert run.returncode == 1, words
        assert run.stderr.strip() and run.stdout == ""
    assert "documents.nonsense" in office("set", "settings:rules", "documents.nonsense=off").stderr
    assert not any(one["own"] for one in office.json("doctor", "--rules"))


def test_rules_without_an_office_are_the_defaults(shell: Any) -> None:
    found = shell.json("doctor", "--rules")
    assert found and not any(one["own"] for one in found)


def test_the_same_title_of_the_same_issuer_is_hinted_at(office: Any) -> None:
    line = ("add", "documents", "县应急局 关于开展冬季安全检查的通知 @李梅")
    first = office(*line)
    assert first.returncode == 0 and "with this title" not in first.stderr
    again = office(*line)
    assert again.returncode == 0 and "with this title is registered already" in again.stderr
    other = office("add", "documents", "县财政局 关于开展冬季安全检查的通知")
    assert "with this title" not in other.stderr
