"""eemeter (OpenDSM) as referee of the regressions on weather, in an environment of its own."""
