"""Pictures of half-hours, months and years."""
