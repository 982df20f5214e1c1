"""One module a language: what is and what is not a mention in it."""
