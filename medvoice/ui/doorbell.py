"""The window's side of `infra.ringing`: it listens for the wish of another process, and for nothing else."""

import logging
import os

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)
ALONE_MS = 200
IDEA, YES, MOST = b"idea", b"yes", 400  # as `infra.ringing` says and hears them


class Doorbell(QObject):
    """`rung` when a person of this account asks for the line for an idea. Of two windows on one workspace the
    first listens. UI thread only."""

    rung = Signal()

    def __init__(self, address: str, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._come)
        self.is_listening = False
        if _is_answered(address):
            return
        # Left behind by a window that ended in a bad way.
        QLocalServer.removeServer(address)
        self.is_listening = self._server.listen(address)
        if not self.is_listening:
            _log.info("nobody can ring at this window: %s", self._server.errorString())

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _come(self) -> None:
        caller = self._server.nextPendingConnection()
        if caller is not None:
            caller.readyRead.connect(lambda: self._read(caller))
            caller.disconnected.connect(caller.deleteLater)

    def _read(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() > MOST:
                caller.abort()
            return
        wish, _, token = bytes(caller.readLine(MOST).data()).strip().partition(b" ")
        if wish != IDEA:
            caller.abort()
            return
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token.decode("ascii", "ignore")  # Qt takes it from there
        caller.write(YES)
        caller.flush()
        caller.disconnectFromServer()
        self.rung.emit()


def _is_answered(address: str) -> bool:
    """Whether somebody listens there."""
    probe = QLocalSocket()
    probe.connectToServer(address)
    is_there = probe.waitForConnected(ALONE_MS)
    probe.abort()
    return is_there
