"""ECHONET Lite (format 1) over UDP, as far as meters, photovoltaics, batteries and cars need it.

frame.py        bytes and frames
link.py         one socket that asks and waits for the matching answer
properties.py   which property of which class is what (`properties.csv`), and its value
device.py       a node's object, read property by property
meter.py        the half-hourly counters of a smart meter
discover.py     which nodes there are
storage.py      charging and discharging
"""
