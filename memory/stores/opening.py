"""Decides where memories are stored: on a Qdrant server when there is a URL, else in the data folder."""

from pathlib import Path

from memory.stores.points import Store
from providers.ports import Embedder

FORMAT = "2"  # of payloads and vectors; another one, or another embedding version, is another shard


def open_store(folder: Path, embedder: Embedder, open_shards: int, url: str, api_key: str) -> Store:
    version = f"{embedder.version.replace('/', '-')}.{FORMAT}"
    if not url:
        from memory.stores.edge import EdgeStore

        return EdgeStore(folder, embedder.dimensions, version=version, open_shards=open_shards)
    from qdrant_client import QdrantClient

    from memory.stores.server import ServerStore

    return ServerStore(QdrantClient(url=url, api_key=api_key or None), embedder.dimensions, version=version)
