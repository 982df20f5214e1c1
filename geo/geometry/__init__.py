"""Geodesy on WGS 84, without the project's data: nearest shores and equidistance lines."""
