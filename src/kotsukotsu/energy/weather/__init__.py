"""A documented synthetic year of weather, for where no file of weather is at hand.

It is made of a few monthly figures in ``climates.csv`` and of a fixed sequence of chance, so that it comes out the same
each time. It has the course of a year and of a day, and spells of weather over days; it is no year that ever was.
"""
