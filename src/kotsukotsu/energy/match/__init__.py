"""One or more generators matched to many buildings by the half-hour, in whole watt-hours so that nothing is lost."""
