"""From a parsed document to an article: clean text, ISO date, publisher, id."""
