"""Charts of plans: each draws what its table says and works nothing out."""
