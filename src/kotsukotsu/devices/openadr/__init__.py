"""OpenADR 2.0b as a VEN that asks its VTN over HTTP (simple HTTP, pull): events, opt in and out, reports of a meter.

message.py  XML messages written and read
tls.py      certificates of both sides
http.py     one question over HTTP(S), never longer or larger than allowed
talk.py     one conversation with the VTN: whose names and numbers an answer must carry
party.py    registration
event.py    what the VTN asks for; signals.py its signals (`signals.csv`)
book.py     the events that are held, what was answered, what is asked for at a moment
report.py   which values the VTN may have, and when it wants them
session.py  what is said and what is made of the answers
ven.py      the device

Source: OpenADR 2.0 Profile Specification, B Profile, and its XML schema.
"""
