"""The law as data: factors, heat values, GWPs, suppliers, each with dates, source and status.

``load.load`` reads and checks it, ``check.check`` lists its faults, ``suppliers.Names`` resolves a name as written,
``coverage.coverage`` says which years are at hand, ``update`` and ``difference`` bring in a new edition. The rows are
the classes of ``model``; the tables stand in ``data``.
"""
