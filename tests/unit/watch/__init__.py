"""The watch of feeds and folders, against a real server of this machine."""
