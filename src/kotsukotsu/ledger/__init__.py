"""What did we use? Activity rows: post, correct, as they stood at a moment, and the checks on them."""
