"""A TCP proxy between a client and its server that can be slow, silent or gone."""

import asyncio
import contextlib
from collections.abc import AsyncIterator


class Proxy:
    """`delay_s`: before each piece that goes to the server. `is_open` False: connections are cut and refused."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._writers: set[asyncio.StreamWriter] = set()
        self.delay_s = 0.0
        self.is_open = True

    @property
    def port(self) -> int:
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._joined, "127.0.0.1", 0)

    def cut(self) -> None:
        """Ends every connection; new ones are closed at once until `mend`."""
        self.is_open = False
        for writer in tuple(self._writers):
            writer.transport.abort()

    def mend(self) -> None:
        self.is_open = True

    async def close(self) -> None:
        self.cut()
        self._server.close()
        await self._server.wait_closed()

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.is_open:
            writer.transport.abort()
            return
        to_reader, to_writer = await asyncio.open_connection(*self._target)
        self._writers |= {writer, to_writer}
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await asyncio.gather(self._copy(reader, to_writer, slow=True), self._copy(to_reader, writer, slow=False))
        for one in (writer, to_writer):
            self._writers.discard(one)
            one.transport.abort()

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool) -> None:
        while piece := await reader.read(1 << 16):
            if slow and self.delay_s:
                await asyncio.sleep(self.delay_s)
            writer.write(piece)
            await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def proxied(host: str, port: int) -> AsyncIterator[Proxy]:
    proxy = Proxy(host, port)
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.close()
