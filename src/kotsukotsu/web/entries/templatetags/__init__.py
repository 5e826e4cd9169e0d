"""Tags of entry forms."""
