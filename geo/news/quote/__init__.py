"""From mentions to short quotations."""
