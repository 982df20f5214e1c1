"""From a View to words and panels."""
