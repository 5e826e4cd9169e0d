"""How much that is: the ledger's rows joined with the law, summed exactly, each total traceable to its rows."""
