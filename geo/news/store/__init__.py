"""What is kept of the articles, and how near-duplicates are recognised."""
