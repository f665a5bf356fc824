"""The commands of the tool, wherever they stand."""

from __future__ import annotations

import click

from xltools.cli import cli


def tool_commands() -> dict[str, click.Command]:
    """Every command by its name, also hidden ones."""
    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return {name: command for name, command in found.items() if command}
