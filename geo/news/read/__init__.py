"""From files to parsed documents: walking, unpacking, decoding, parsing."""
