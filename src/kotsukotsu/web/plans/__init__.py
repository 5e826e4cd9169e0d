"""Reviews of facilities, countermeasures, measures and targets."""
