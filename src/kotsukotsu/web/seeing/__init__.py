"""Seeing: the city, a department, a facility, and where each number comes from. Nothing here is computed anew."""
