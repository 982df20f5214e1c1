"""Asks feeds and folders for new articles, politely and only while somebody runs it."""
