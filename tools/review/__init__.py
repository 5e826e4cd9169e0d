"""Whole pages of the documents as pictures, for people to look at before a change is kept."""
