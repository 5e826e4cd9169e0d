"""The city's own energy by the half-hour: readings, tariffs and bills, matching, sharing the gain.

Pure: arrays of half-hours and small dataclasses in, the same out. Files are read by `importers` and `store`, joined in
`sessions`.
"""
