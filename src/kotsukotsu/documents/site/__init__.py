"""The public site: static pages in Japanese and English that open from a USB stick, without script and network."""
