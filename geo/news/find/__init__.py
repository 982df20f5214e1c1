"""Mentions of the islands in a text: gazetteer, prefilter, candidates and language rules."""
