"""The version of this package, in one place."""

NUMBER = "0.1.0"
