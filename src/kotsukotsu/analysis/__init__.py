"""Why the emissions changed: where, by which causes, how intensive, and in words; pure functions over lines."""
