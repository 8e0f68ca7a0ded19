"""Facts, citations and checks of the site “Who are North Korea's allies?”.

The data flows one way (docs/about/editing.md, “The way of data”):
``yaml_reader`` → ``records`` → ``facts`` → ``citations`` and ``references`` → ``views`` →
``extension`` (during the site build) → ``publish`` (after it) → ``checks``.
"""
