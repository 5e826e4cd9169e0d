"""What was used: the ledger, collections, their sheets and states, evidence."""
