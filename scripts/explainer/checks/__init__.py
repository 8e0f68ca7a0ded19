"""The checker: small rules in families, over words, facts and the built site.

``rule`` holds the registry, ``project`` what rules look at, ``runner`` runs them, ``report`` prints findings.
Each family is one module: ``lnk`` (links in the words), ``sit`` (the built site), ``cit`` (citations), ``src``
(the registry of sources), ``fct`` (the facts), ``txt`` (the words), ``prm`` (permanence), ``ext`` (links to
other hosts), ``cfg`` (the checker's own settings).
"""
