"""Forks light coaches: everything is imported once, so that a killed one is back in a tenth of a second."""

import os
import signal
import sys

from evals.drills.light import Place, run


def main() -> None:
    """Reads a `Place` a line from standard input and writes the pid of the coach that lives there."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            run(Place.loaded(line))
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
