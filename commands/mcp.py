"""Offering the tools to other assistants over the Model Context Protocol."""

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.console import err, quiet_settings, run
from infra.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mcp.server.lowlevel import Server

LOOPBACK = "127.0.0.1"
PORT = 9332


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Streamable HTTP on loopback instead of stdio.")] = False,
    port: Annotated[int, typer.Option(help="Port for --http.", min=1, max=65535)] = PORT,
) -> None:
    """Serve the tools over MCP: on stdin and stdout, or over HTTP at /mcp."""
    settings = quiet_settings()
    run(_over_http(settings, port) if http else _over_stdio(settings))


async def _over_stdio(settings: Settings) -> None:
    from mcp.server.stdio import stdio_server

    # The transport first: from then on what a library prints goes to stderr.
    async with stdio_server() as (incoming, outgoing), _serving(settings) as server:
        await server.run(incoming, outgoing, server.create_initialization_options())


async def _over_http(settings: Settings, port: int) -> None:
    import uvicorn

    async with _serving(settings) as server:
        app = server.streamable_http_app(host=LOOPBACK)
        err.print(f"MCP at http://{LOOPBACK}:{port}/mcp (Ctrl-C stops)", highlight=False)
        await uvicorn.Server(uvicorn.Config(app, host=LOOPBACK, port=port, log_level="warning")).serve()


@asynccontextmanager
async def _serving(settings: Settings) -> "AsyncIterator[Server[Any]]":
    """The server over the tools alone; they load while the client is still saying hello."""
    from house import opened_tools
    from tools.mcp import mcp_server

    async with opened_tools(settings) as executor:
        loading = asyncio.create_task(executor.warm(executor.quick()))
        try:
            yield mcp_server(executor, lambda: asyncio.shield(loading))
        finally:
            await asyncio.gather(loading, return_exceptions=True)
