"""Asks other hosts whether addresses still lead to documents.

``answers`` says what can become of an address, ``content`` reads what a host sent, ``retry`` knows when to ask again,
``cache`` keeps answers on disk, ``asking`` does the asking.
"""

from explainer.checks.online.answers import Answer, Question, Verdict
from explainer.checks.online.asking import Manners, ask_all
from explainer.checks.online.cache import AnswerCache

__all__ = ["Answer", "AnswerCache", "Manners", "Question", "Verdict", "ask_all"]
