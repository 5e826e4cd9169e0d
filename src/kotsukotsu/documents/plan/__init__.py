"""The plan of a city's own operations (事務事業編) and its summary: every figure under a name, and the texts' order."""
