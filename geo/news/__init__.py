"""From articles to quotations on each island: finding, excerpting, reading and keeping."""
