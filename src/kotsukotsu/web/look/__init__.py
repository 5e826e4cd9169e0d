"""How pages look: tokens, templates, icons, the month grid."""
