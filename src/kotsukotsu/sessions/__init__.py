"""A city opened for questions: what commands and pages ask of it; files and engines lie behind."""
