"""The registers of a city: listed, edited, written out, taken in; their models are those of `municipalities`."""
