"""How the knowledge tables are built and checked; run a script as `python -m knowledge.NAME`."""
