"""The command line: verbs, options, exit codes. No logic of its own.

Exit status: 0 all was read; 1 something could not be read (the rest was); 2 the command itself was wrong.
"""

import sqlite3
import sys
from importlib import import_module
from typing import NoReturn

import click

from depesche.errors import DepescheError
from depesche.version import NUMBER

_COMMANDS = {
    "build": "build",
    "decide": "decide",
    "decisions": "decide",
    "export": "export",
    "query": "query",
    "read": "read",
    "rejects": "query",
    "show": "show",
    "where": "lookup",
    "who": "lookup",
}
"""Every command and its module, which is loaded when the command is called: a question to a record should not wait for the
code that reads reports."""


class _Commands(click.Group):
    """Finds its commands in `_COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """All names, in the order of the alphabet."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (likewise)
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(f"{__name__}.{_COMMANDS[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what goes wrong is said in one line, without a traceback."""
        try:
            result: object = super().invoke(ctx)
        except BrokenPipeError:
            # `depesche read … | head` has what it wanted; Python would otherwise complain once more at exit.
            sys.stderr.close()
            sys.exit(0)
        except DepescheError as error:
            _fail(str(error))
        except sqlite3.Error as error:
            _fail(f"the record cannot be used ({error}); is it on a disk that is full, or being copied?")
        except OSError as error:
            _fail(f"{error.filename or 'file'}: {error.strerror or error}; check the path and its rights")
        return result


def _fail(what: str) -> NoReturn:
    click.echo(f"depesche: {what}", err=True)
    sys.exit(1)


_EXAMPLES = """
\b
Examples:
  depesche read report.html
  depesche show report.html --html record.html
  depesche build archive/ --into record.db --jobs 2
  depesche query record.db events --actor Kerry --since 2016-09-01
"""


@click.group(cls=_Commands, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(NUMBER, prog_name="depesche")
def main() -> None:
    """Turn news pages about conflict and diplomacy into a record that can be checked."""
