"""Cars that are shared and charged: bookings, how many cars they need, what the cars can give in a disaster."""
