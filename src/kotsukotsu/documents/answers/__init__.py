"""For other eyes: answers to the ministry's survey, numbers for the reports of the Energy Act and SHK."""
