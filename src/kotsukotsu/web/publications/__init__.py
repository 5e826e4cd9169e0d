"""What was published, with what it rests on; never changed."""
