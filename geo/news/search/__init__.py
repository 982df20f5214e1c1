"""Full-text search over the quotations: index, tokens, queries, facets."""
