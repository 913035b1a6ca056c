"""How the checkpoints of one thread lie in one Redis hash.

A thread is one key, so that it expires, is copied and is deleted as a whole and never spans Cluster slots. Fields:

- ``n<namespace>``: the id of the newest checkpoint of the namespace;
- ``c<namespace>\\0<id>``: a checkpoint, framed: serializer's type, NUL, serialized [parent id, checkpoint, metadata];
- ``w<namespace>\\0<id>``: its pending writes: for every call of `aput_writes` a length (4 bytes) and such a frame of
  [task id, task path, [[index, channel, value], ...]].

Channel values lie inside their checkpoint: with one write a turn nearly all of them have changed anyway, and reading
is one look at one field. The scripts touch one declared key each: one round trip, atomic, the same on a Cluster.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from langgraph.checkpoint.base import PendingWrite, writes_sort_key
from langgraph.checkpoint.serde.base import SerializerProtocol

_LENGTH = struct.Struct(">I")

READ = """
local id = ARGV[2]
if id == '' then id = redis.call('HGET', KEYS[1], 'n' .. ARGV[1]) end
if not id then return false end
local at = ARGV[1] .. '\\0' .. id
return {id, redis.call('HGET', KEYS[1], 'c' .. at), redis.call('HGET', KEYS[1], 'w' .. at)}
"""

# A child of the newest is newer whatever its id: ids carry the clock of the machine that made them.
PUT = """
local ns, id, parent, checkpoint, ttl_ms, fenced = unpack(ARGV)
local newest = redis.call('HGET', KEYS[1], 'n' .. ns) or ''
if fenced == '1' and newest ~= parent and newest ~= id then return newest end
redis.call('HSET', KEYS[1], 'c' .. ns .. '\\0' .. id, checkpoint)
if parent == newest or id > newest then redis.call('HSET', KEYS[1], 'n' .. ns, id) end
redis.call('PEXPIRE', KEYS[1], ttl_ms)
return false
"""

APPEND = """
local field, frame, ttl_ms = unpack(ARGV)
redis.call('HSET', KEYS[1], field, (redis.call('HGET', KEYS[1], field) or '') .. frame)
redis.call('PEXPIRE', KEYS[1], ttl_ms)
"""

KEEP_NEWEST = """
local fields, kept, dropped = redis.call('HKEYS', KEYS[1]), {}, 0
for _, field in ipairs(fields) do
  if string.sub(field, 1, 1) == 'n' then
    kept[string.sub(field, 2) .. '\\0' .. redis.call('HGET', KEYS[1], field)] = true
  end
end
for _, field in ipairs(fields) do
  if string.sub(field, 1, 1) ~= 'n' and not kept[string.sub(field, 2)] then
    dropped = dropped + redis.call('HDEL', KEYS[1], field)
  end
end
return dropped
"""

DROP = """
for _, at in ipairs(ARGV) do redis.call('HDEL', KEYS[1], 'c' .. at, 'w' .. at) end
local newest = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  local kind, ns, id = string.match(field, '^(.)(.*)%z([^%z]*)$')
  if kind == 'c' and id > (newest[ns] or '') then newest[ns] = id end
end
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, 1) == 'n' then
    local ns = string.sub(field, 2)
    if not newest[ns] then redis.call('HDEL', KEYS[1], field)
    elseif redis.call('HEXISTS', KEYS[1], 'c' .. ns .. '\\0' .. redis.call('HGET', KEYS[1], field)) == 0 then
      redis.call('HSET', KEYS[1], field, newest[ns])
    end
  end
end
"""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a checkpoint lies in its thread. Sorts by id: by age, as LangGraph makes ids."""

    id: str
    namespace: str

    @property
    def name(self) -> str:
        return f"{self.namespace}\0{self.id}"


def places(fields: Iterable[bytes]) -> list[Place]:
    """The checkpoints among a hash's fields, newest first."""
    names = (field[1:].decode() for field in fields if field[:1] == b"c")
    return sorted(
        (Place(id, namespace) for namespace, _, id in (name.rpartition("\0") for name in names)), reverse=True
    )


def framed(serde: SerializerProtocol, value: Any) -> bytes:
    kind, payload = serde.dumps_typed(value)
    return kind.encode() + b"\0" + payload


def unframed(serde: SerializerProtocol, frame: bytes) -> Any:
    kind, _, payload = frame.partition(b"\0")
    return serde.loads_typed((kind.decode(), payload))


def counted(frame: bytes) -> bytes:
    """`frame` with its length before it, so that frames can be appended to one another."""
    return _LENGTH.pack(len(frame)) + frame


def pending_writes(serde: SerializerProtocol, frames: bytes) -> list[PendingWrite]:
    """The writes in appended frames, in the order in which LangGraph applies them.

    Of two writes of a task under one index the first counts, as in LangGraph's own savers; of the special ones
    (negative index: an error, an interrupt) the last.
    """
    found: dict[tuple[str, str, int], tuple[str, Any]] = {}
    for frame in _frames(frames):
        task_id, path, writes = unframed(serde, frame)
        for index, channel, value in writes:
            key = writes_sort_key(path, task_id, index)
            if index < 0 or key not in found:
                found[key] = (channel, value)
    return [(task_id, *found[path, task_id, index]) for path, task_id, index in sorted(found)]


def _frames(frames: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(frames):
        (length,) = _LENGTH.unpack_from(frames, start)
        start += _LENGTH.size
        yield frames[start : start + length]
        start += length
