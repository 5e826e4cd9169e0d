"""A process that does one thing and is killed at a given moment, as by a power cut: at the n-th statement of SQL that
changes something, or at the n-th file that is opened for writing or renamed below a folder.

``python tests/killing.py MOMENT ACTION ARGUMENTS…``; moment 0 is never, and the number of moments is printed.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path

passed = []


def moment(wanted):
    passed.append(None)
    if len(passed) == wanted:
        os.kill(os.getpid(), signal.SIGKILL)


def of_sql(wanted, counted):
    from django.db import connection

    def before(execute, sql, params, many, context):
        if sql.startswith(counted):
            moment(wanted)
        return execute(sql, params, many, context)

    return connection.execute_wrapper(before)


def of_files(wanted, folder):
    inside = str(Path(folder).resolve())

    def hook(event, arguments):
        place = arguments[-1] if event == "os.rename" else arguments[0] if event == "open" else None
        writes = event == "os.rename" or (event == "open" and "w" in str(arguments[1]))
        names = [arguments[1], arguments[0]] if event == "os.rename" else [place]
        if writes and any(isinstance(one, str | os.PathLike) and os.fspath(one).startswith(inside) for one in names):
            moment(wanted)

    sys.addaudithook(hook)
    return nullcontext()


def publish(version):
    from kotsukotsu.web.accounts.models import User
    from kotsukotsu.web.publications import services
    from kotsukotsu.web.publications.models import Publication

    made = Publication.objects.get(pk=version)
    services.publication_publish(publication=made, decided_on=made.made_on, actor=User.objects.get(username="riji"))


def make(token):
    from kotsukotsu.web.papers import making

    making.run(token)


def restore(file):
    from kotsukotsu.web import backup

    backup.unpack(Path(file).read_bytes())


def write(out, said):
    from kotsukotsu.store import whole_folder

    whole_folder.write(Path(out), {name: said.encode() for name in ("a.txt", "b/c.txt", "d.txt")})


def command(_folder, *arguments):
    from kotsukotsu.cli.main import main

    sys.argv = ["kotsukotsu", *arguments]
    main()


ON_FILES = {"write": write, "command": command}
CHANGES = ("INSERT", "UPDATE", "DELETE", "DROP", "CREATE")
COUNTED = {"publish": CHANGES, "restore": CHANGES, "make": ("INSERT",)}  # a making also tells how far it is
ON_SQL = {"publish": publish, "make": make, "restore": restore}


def run(wanted, action, *arguments):
    if action in ON_FILES:
        with of_files(wanted, Path(arguments[0]).parent):
            ON_FILES[action](*arguments)
        return
    import django

    django.setup()
    with of_sql(wanted, COUNTED[action]):
        ON_SQL[action](*arguments)


if __name__ == "__main__":
    try:
        run(int(sys.argv[1]), *sys.argv[2:])
    finally:
        print(len(passed))  # noqa: T201
