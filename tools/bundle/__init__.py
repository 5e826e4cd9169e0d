"""One archive that installs kotsukotsu on a PC without the Internet."""
