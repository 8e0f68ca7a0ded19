"""How votes are counted, on a made-up data set in which every case occurs once."""

import csv
import io
from datetime import date

from explainer.un_votes import HUMAN_RIGHTS, RollCall, agreement, agreement_csv, human_rights_csv, main

ROLL_CALLS = [
    RollCall(1, date(2001, 11, 1), "R/56/1", "A question"),
    RollCall(2, date(2001, 11, 2), "R/56/2", "A question"),
    RollCall(3, date(2001, 12, 3), "R/56/3", "A question"),
    RollCall(4, date(2001, 12, 4), "R/56/4", "A question"),
    RollCall(5, date(2001, 12, 5), "R/56/5", "North Korea took no part"),
    RollCall(6, date(2002, 1, 6), "R/56/6", f"{HUMAN_RIGHTS}'s Republic of Korea: resolution"),
    RollCall(7, date(1980, 1, 1), "R/34/1", "Before North Korea was a member"),
]
BALLOTS = {
    1: {"KP": "yes", "CN": "yes", "US": "no"},  # the same; the opposite
    2: {"KP": "abstain", "CN": "abstain", "US": "no"},  # the same by abstaining; neither
    3: {"KP": "yes", "CN": "abstain", "US": "yes"},  # not the same, not the opposite
    4: {"KP": "no", "US": "yes"},  # China took no part
    5: {"CN": "yes", "US": "yes"},
    6: {"KP": "no", "CN": "no", "US": "yes", "UG": "abstain", "VN": "no"},
    7: {"CN": "yes"},
}


def counted(year: int, country: str):
    return next(
        found
        for found in agreement(ROLL_CALLS, BALLOTS, fewest=1)
        if (found.year, found.country) == (year, country)
    )


def test_an_abstention_is_a_vote_and_an_absence_is_none():
    china = counted(2001, "china")
    assert (china.roll_calls, china.north_korea, china.both, china.same) == (5, 4, 3, 2)


def test_the_strict_count_leaves_out_abstentions():
    assert (counted(2001, "china").both_yes_no, counted(2001, "china").same_yes_no) == (1, 1)
    america = counted(2001, "united-states")
    assert (america.both, america.same, america.both_yes_no, america.opposite) == (4, 1, 3, 2)


def test_years_without_north_korea_are_left_out():
    assert {found.year for found in agreement(ROLL_CALLS, BALLOTS, fewest=1)} == {2001, 2002}


def test_years_with_few_roll_calls_are_left_out():
    assert {found.year for found in agreement(ROLL_CALLS, BALLOTS, fewest=4)} == {2001}
    assert agreement(ROLL_CALLS, BALLOTS) == []


def test_shares_are_of_what_their_names_say():
    rows = list(csv.DictReader(io.StringIO(agreement_csv(agreement(ROLL_CALLS, BALLOTS, fewest=1)))))
    china = next(row for row in rows if row["year"] == "2001" and row["country"] == "china")
    assert (china["same_share"], china["same_share_yes_no"], china["same_share_all"]) == (
        "66.7",
        "100.0",
        "50.0",
    )
    absent = next(row for row in rows if row["country"] == "cuba")
    assert (absent["both"], absent["same_share"], absent["same_share_all"]) == ("0", "", "0.0")
    assert {row["source"] for row in rows} == {"voeten-2021-unga-votes"}


def test_the_human_rights_votes_are_found_by_their_title():
    (row,) = csv.DictReader(io.StringIO(human_rights_csv(ROLL_CALLS, BALLOTS)))
    assert (row["date"], row["resolution"]) == ("2002-01-06", "56/6")
    assert (row["yes"], row["no"], row["abstain"]) == ("1", "3", "1")
    assert (row["north-korea"], row["uganda"], row["iran"]) == ("no", "abstain", "took no part")


def test_a_folder_is_asked_for(capsys):
    assert main([]) == 2
    assert "FOLDER" in capsys.readouterr().out
