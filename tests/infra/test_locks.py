"""The lock holds across threads and processes and dies with its process."""

import subprocess
import sys
import threading
import time

import pytest

from medvoice.domain.errors import AccountError, StorageError
from medvoice.infra.locks import FileLocks

HOLD = """
import sys, pathlib
from medvoice.infra.locks import FileLocks
with FileLocks(pathlib.Path(sys.argv[1]))("a_1"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_threads_take_turns(tmp_path):
    locks, inside, most = FileLocks(tmp_path), [], []

    def work():
        for _ in range(20):
            with locks("a_1"):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.0005)
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 80
    assert set(most) == {1}


def test_processes_take_turns_and_a_killed_one_frees(tmp_path):
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert child.stdout.readline().strip() == b"held"
        locks = FileLocks(tmp_path, timeout_s=0.2)
        with pytest.raises(AccountError) as caught, locks("a_1"):
            pass
        assert caught.value.code == "keys_busy"
        with locks("a_2"):
            pass
        child.kill()
        child.wait(5)
        with locks("a_1"):
            pass
    finally:
        child.kill()
        child.communicate()


def test_freed_after_an_exception(tmp_path):
    locks = FileLocks(tmp_path, timeout_s=0.2)
    with pytest.raises(KeyError), locks("a_1"):
        raise KeyError
    with locks("a_1"):
        pass


def test_names_and_folder(tmp_path):
    for name in ("", "../x", "a b", "a/b"):
        with pytest.raises(ValueError, match="lock name"), FileLocks(tmp_path)(name):
            pass
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(StorageError), FileLocks(blocker / "locks")("a_1"):
        pass
