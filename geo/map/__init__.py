"""From a View to one map."""
