"""``gongkai found``: the first body and its administrator on an empty database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.accounts import actions
from gongkai.kernel.refusal import Refused


class Command(BaseCommand):
    """Set up what the pages need before anybody can sign in."""

    help = "Set up the first body and its administrator; refused once anybody has an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the body and the person; the password is asked for, or read from a pipe."""
        parser.add_argument("--body", required=True, help="full name, e.g. 清江市人民政府")
        parser.add_argument("--username", required=True)
        parser.add_argument("--full-name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up body and administrator, or say why not."""
        password = getpass("密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            user = actions.found_office(
                body_name=options["body"],
                username=options["username"],
                full_name=options["full_name"],
                password=password,
            )
        except Refused as refused:
            raise CommandError("".join(r.sentence for r in refused.refusals)) from refused
        self.stdout.write(f"已设立{options['body']}，管理员{user.full_name}可以登录了。")
