import os

import pytest

from sohoa.adapters.processes import alive, may_live, new_owner
from tests.support.processes import kill, start


def test_this_process_is_alive() -> None:
    """The caller lives; two names of one process differ in their token."""
    assert alive(new_owner("a"))
    assert new_owner("a") != new_owner("b")


def test_a_killed_process_is_dead_even_before_it_is_collected() -> None:
    """A process that ended is dead, also while its parent has not asked for its exit code."""
    process = start("print(new_owner('w'), flush=True); input()", "")
    assert process.stdout is not None
    owner = process.stdout.readline().strip()
    assert alive(owner)
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert not alive(owner)
    kill(process)
    assert not alive(owner)


@pytest.mark.parametrize(("part", "value"), [(1, "999999"), (1, "x"), (2, "00000000.5"), (0, "")])
def test_another_process_boot_or_nonsense_is_dead(part: int, value: str) -> None:
    """A number that was given out again, an earlier boot and rubbish do not count as alive."""
    parts = new_owner("t").split(":")
    parts[part] = value
    assert alive(":".join(parts)) == (part == 0)


def test_containers() -> None:
    """An earlier container of this name is dead; a container of another name cannot be seen from here."""
    host, rest = new_owner("t").split(":", 1)
    name, _, namespace = host.rpartition("@")
    assert not alive(f"{name}@{namespace}1:{rest}")
    assert alive(f"{name}-2@{namespace}1:{rest}")


@pytest.mark.parametrize("owner", ["", "x", ":::", "a:b:c:d:e:f"])
def test_rubbish_is_dead(owner: str) -> None:
    """A claim in no known form does not block anybody."""
    assert not alive(owner)


def test_what_this_kernel_cannot_tell_may_live() -> None:
    """Processes of another machine or boot may live; one that ended here does not."""
    assert may_live(new_owner("a"))
    assert may_live("far-away@4026531836:17:12345678.99:w")
    process = start("print(new_owner('w'), flush=True); input()", "")
    assert process.stdout is not None
    owner = process.stdout.readline().strip()
    assert may_live(owner)
    kill(process)
    assert not may_live(owner)
