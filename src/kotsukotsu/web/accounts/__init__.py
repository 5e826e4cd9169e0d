"""Who may do what: people, their places, deputies, and the log that nobody can edit."""
