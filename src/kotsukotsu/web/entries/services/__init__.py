"""Everything that changes entries, one module for each thing that people do."""
