"""From the files of data/ to one checked Dossier."""
