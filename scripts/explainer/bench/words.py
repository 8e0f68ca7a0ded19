"""Sentences made up for what is measured."""

import random

_WORDS = [
    "treaty",
    "trade",
    "envoy",
    "ministry",
    "statement",
    "visit",
    "port",
    "customs",
    "figure",
    "report",
    "assembly",
    "council",
    "delegation",
    "railway",
    "summit",
    "article",
    "clause",
    "ratified",
    "signed",
    "announced",
    "shipped",
    "counted",
    "opened",
    "closed",
    "joint",
    "annual",
    "border",
    "coal",
    "oil",
    "grain",
]


def sentence(chance: random.Random, words: int) -> str:
    """So many words at random, the first with a capital letter."""
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()
