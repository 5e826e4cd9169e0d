"""Options that a site could build, side by side: dispatch and bill of a year, money over the years, CO2, outages.

`options` and `assumptions` are what is given, `again` and `years` what a year of each option does, `cash` and `judged`
its money, `rank` the order and the front, `pairs`, `sensitivity` and `forms` what is asked of one of them.
"""
