"""What every test shares: in CI nothing may be skipped but for a server that is not there."""

import os
from collections.abc import Iterator

import pytest

from tests.servers import NO_MARIADB, NO_REDIS
from tests.wire import serving, wait_until_ready

_MAY_BE_MISSING = (NO_MARIADB, NO_REDIS)
PATIENT_MS = "20000"  # what a tool may take on a machine that does other things as well
PATIENT = {"COACH_TOOL_DEADLINE_MS": PATIENT_MS, "COACH_RECALL_DEADLINE_MS": PATIENT_MS}
_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped.append(f"{report.nodeid}: {report.longrepr[2]}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    unexcused = [line for line in _skipped if not any(reason in line for reason in _MAY_BE_MISSING)]
    if os.environ.get("CI") and unexcused and exitstatus == 0:
        session.exitstatus = 1
        print("\nskipped in CI, which is a failure:", *unexcused, sep="\n  ")  # noqa: T201


@pytest.fixture(scope="session")
def coach_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of a running coach without keys: the whole house with embedded stores in a folder of its own."""
    from infra.settings import load_settings
    from server import create_app

    folder = str(tmp_path_factory.mktemp("coach"))
    with serving(create_app(load_settings({"COACH_DATA_DIR": folder, **PATIENT}))) as url:
        wait_until_ready(url)
        yield url
