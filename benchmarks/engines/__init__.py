"""One module for each engine: `load` reads the rows, `compute` is what is timed, `cells` names the results."""
