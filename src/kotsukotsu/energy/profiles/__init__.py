"""Half-hours where only monthly bills exist: made from them and from what the building is for, and said to be so."""
