"""The commands of ``python -m geo``, one module a group."""
