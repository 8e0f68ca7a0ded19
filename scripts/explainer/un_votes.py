"""Computes the tables of General Assembly votes: ``python -m explainer.un_votes FOLDER``.

FOLDER holds un_votes.rda and un_roll_calls.rda of the R package *unvotes* (github.com/dgrtwo/unvotes, folder data/),
which repackages the United Nations General Assembly Voting Data of Voeten, Strezhnev and Bailey (Harvard Dataverse,
public domain). Reading them needs the extra: ``pip install -e '.[votes]'``. Only what is computed is published.

What is counted:

- A country **took part** in a roll call when it voted yes or no or abstained. The data have no row for a country that
  was absent, or present and not voting: both are “took no part” here.
- **Same** vote: both took part, and both voted yes, both no, or both abstained.
- ``same_share``: same votes as a share of the roll calls in which both took part.
- ``same_share_yes_no``, stricter: only roll calls in which neither abstained.
- ``same_share_all``, strictest: same votes as a share of all roll calls in which North Korea took part, so that taking
  no part counts as not agreeing.
- ``opposite``: one voted yes and the other no.

Years are calendar years by the date of the roll call in the data. A year in which North Korea took part in fewer than
ten roll calls is left out, because a share of so few says nothing: this is 2020, of which the data hold January alone.
"""

import csv
import io
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

NORTH_KOREA = "KP"
COUNTRIES = {
    "china": "CN",
    "russia": "RU",
    "iran": "IR",
    "syria": "SY",
    "cuba": "CU",
    "uganda": "UG",
    "vietnam": "VN",
    "united-states": "US",
    "south-korea": "KR",
}
"""Every country with a page, and two as a yardstick, with the code the data use."""

FEWEST = 10
"""Roll calls with North Korea that a year must have."""

SOURCE = "voeten-2021-unga-votes"
HUMAN_RIGHTS = "Situation of human rights in the Democratic People"
"""How the titles of the yearly resolutions on human rights in North Korea begin in the data."""


@dataclass(frozen=True)
class RollCall:
    """One roll call: its number in the data, its date, the resolution, and what the data say it was about."""

    id: int
    day: date
    resolution: str
    title: str


Ballots = Mapping[int, Mapping[str, str]]
"""For each roll call, the vote of each country that took part: yes, no or abstain."""


@dataclass(frozen=True)
class Agreement:
    """How often one country voted as North Korea did in one year."""

    year: int
    country: str
    roll_calls: int
    north_korea: int
    both: int
    same: int
    both_yes_no: int
    same_yes_no: int
    opposite: int


def agreement(roll_calls: Iterable[RollCall], ballots: Ballots, fewest: int = FEWEST) -> list[Agreement]:
    """One record for each year in which North Korea took part in enough roll calls, and each country."""
    years: dict[int, list[Mapping[str, str]]] = {}
    for roll_call in roll_calls:
        years.setdefault(roll_call.day.year, []).append(ballots.get(roll_call.id, {}))
    found = []
    for year in sorted(years):
        for country, code in COUNTRIES.items():
            pairs = [
                (votes[NORTH_KOREA], votes.get(code, "")) for votes in years[year] if NORTH_KOREA in votes
            ]
            if len(pairs) < max(fewest, 1):
                continue
            both = [pair for pair in pairs if pair[1]]
            yes_no = [pair for pair in both if "abstain" not in pair]
            same_yes_no = sum(ours == theirs for ours, theirs in yes_no)
            found.append(
                Agreement(
                    year=year,
                    country=country,
                    roll_calls=len(years[year]),
                    north_korea=len(pairs),
                    both=len(both),
                    same=sum(ours == theirs for ours, theirs in both),
                    both_yes_no=len(yes_no),
                    same_yes_no=same_yes_no,
                    opposite=len(yes_no) - same_yes_no,
                )
            )
    return found


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else ""


def agreement_csv(agreements: Iterable[Agreement]) -> str:
    """The text of un-votes.csv."""
    rows: list[list[object]] = [
        [
            "year",
            "country",
            "roll_calls",
            "north_korea",
            "both",
            "same",
            "both_yes_no",
            "same_yes_no",
            "opposite",
            "same_share",
            "same_share_yes_no",
            "same_share_all",
            "source",
        ]
    ]
    for found in agreements:
        rows.append(
            [
                found.year,
                found.country,
                found.roll_calls,
                found.north_korea,
                found.both,
                found.same,
                found.both_yes_no,
                found.same_yes_no,
                found.opposite,
                _share(found.same, found.both),
                _share(found.same_yes_no, found.both_yes_no),
                _share(found.same, found.north_korea),
                SOURCE,
            ]
        )
    return _csv(rows)


def human_rights_csv(roll_calls: Iterable[RollCall], ballots: Ballots) -> str:
    """The text of un-human-rights-votes.csv: every recorded vote on the yearly resolution, oldest first."""
    rows: list[list[object]] = [
        ["date", "resolution", "yes", "no", "abstain", "north-korea", *COUNTRIES, "source"]
    ]
    wanted = [roll_call for roll_call in roll_calls if roll_call.title.startswith(HUMAN_RIGHTS)]
    for roll_call in sorted(wanted, key=lambda roll_call: roll_call.day):
        votes = ballots.get(roll_call.id, {})
        counts = [sum(vote == kind for vote in votes.values()) for kind in ("yes", "no", "abstain")]
        each = [votes.get(code, "took no part") for code in (NORTH_KOREA, *COUNTRIES.values())]
        rows.append([roll_call.day, roll_call.resolution.removeprefix("R/"), *counts, *each, SOURCE])
    return _csv(rows)


def _csv(rows: list[list[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def read_folder(folder: Path) -> tuple[list[RollCall], dict[int, dict[str, str]]]:
    """Read the R data files. Raises ``ImportError`` where the extra ``votes`` is not installed."""
    import pyreadr  # needed here only

    def frame(name: str) -> Any:
        return next(iter(pyreadr.read_r(folder / name).values()))

    calls = frame("un_roll_calls.rda")
    roll_calls = [
        RollCall(
            int(row.rcid), date.fromisoformat(str(row.date)[:10]), _text(row.unres), _text(row.descr).strip()
        )
        for row in calls.itertuples()
    ]
    ballots: dict[int, dict[str, str]] = {}
    wanted = frame("un_votes.rda")[["rcid", "country_code", "country", "vote"]]
    for rcid, code, name, vote in wanted.itertuples(index=False):
        # A few states of the past have no code: their name stands for them in the counts.
        ballots.setdefault(int(rcid), {})[_text(code) or str(name)] = str(vote)
    return roll_calls, ballots


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def main(arguments: list[str]) -> int:
    """Write docs/data/un-votes.csv and docs/data/un-human-rights-votes.csv of the project in the current folder."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m explainer.un_votes FOLDER (with the .rda files of the R package unvotes)")
        return 2
    try:
        roll_calls, ballots = read_folder(Path(arguments[0]))
    except ImportError:
        print("reading R data files needs the extra: pip install -e '.[votes]'")
        return 2
    data = Path("docs/data")
    (data / "un-votes.csv").write_text(agreement_csv(agreement(roll_calls, ballots)), encoding="utf-8")
    (data / "un-human-rights-votes.csv").write_text(human_rights_csv(roll_calls, ballots), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
