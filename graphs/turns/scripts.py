"""The atomic steps of the turn ledger, as Lua.

All keys of a call are in one Cluster slot (`graphs.turns.keys`). Every step may be sent twice: redis-py repeats a call
whose answer was lost. A step of a running turn is refused unless the lock still holds the caller's token. The first
write of OPEN and APPEND is one that a server without memory refuses, so that nothing of them happens then; the
first of CLOSE is not, for it frees memory.

KEYS of every script but TAKE, RENEW, RELEASE and FOLLOW: the turn (hash), its events (stream), the thread's open turns
in order of arrival (list), the thread's lock (string), what others want of an open turn (hash of turn id to mark), the
group's open turns by time (sorted set of "turn thread").
"""

# ARGV: id, thread, hash of the body, input, strategy, token, lease_ms, ttl_ms, status event, longest queue, Unix time
OPEN = """
local turn, events, queue, lock, marks, index = unpack(KEYS)
local id, thread, body, input, strategy, token, lease_ms, ttl_ms, status, longest, at = unpack(ARGV)
local known = redis.call('HGET', turn, 'body')
if known and known ~= body then return {'mismatch'} end
if known and redis.call('HGET', turn, 'state') ~= 'failed' then
  if redis.call('GET', lock) ~= token then return {'known'} end
  return {'opened', redis.call('XRANGE', events, '-', '+', 'COUNT', 1)[1][1], redis.call('LINDEX', queue, 0)}
end
local ahead = redis.call('LRANGE', queue, 0, -1)
if strategy == 'reject' and #ahead > 0 then return {'busy'} end
if #ahead >= tonumber(longest) then return {'full'} end
redis.call('HSET', turn, 'body', body, 'input', input, 'state', 'open')
redis.call('HDEL', turn, 'journal', 'attempts')
redis.call('DEL', events)
if strategy == 'interrupt' or strategy == 'rollback' then
  for _, other in ipairs(ahead) do
    local mark = redis.call('HGET', marks, other)
    if mark ~= 'committed' and mark ~= 'rollback' then redis.call('HSET', marks, other, strategy) end
  end
  redis.call('PEXPIRE', marks, ttl_ms)
end
local first = redis.call('XADD', events, '*', 'event', status)
redis.call('RPUSH', queue, id)
redis.call('ZADD', index, at, id .. ' ' .. thread)
for _, key in ipairs({turn, events, queue, index}) do redis.call('PEXPIRE', key, ttl_ms) end
local held = redis.call('SET', lock, token, 'NX', 'PX', lease_ms)
return {'opened', first, held and redis.call('LINDEX', queue, 0)}
"""

# ARGV: id, "interrupt" or "rollback", ttl_ms. What an open turn whose reply is not being recorded shall do.
STOP = """
local turn, events, queue, lock, marks = unpack(KEYS)
local id, wanted, ttl_ms = unpack(ARGV)
local state = redis.call('HGET', turn, 'state')
local mark = redis.call('HGET', marks, id)
if state == 'open' and mark ~= 'committed' and mark ~= 'rollback' then
  redis.call('HSET', marks, id, wanted)
  redis.call('PEXPIRE', marks, ttl_ms)
end
return state or ''
"""

# KEYS: queue, lock. ARGV: token, lease_ms, whether to take it from whoever has it
TAKE = """
local queue, lock = unpack(KEYS)
local token, lease_ms, forced = unpack(ARGV)
local head = redis.call('LINDEX', queue, 0)
if not head then return false end
if forced == '1' then redis.call('SET', lock, token, 'PX', lease_ms) return head end
if redis.call('SET', lock, token, 'NX', 'PX', lease_ms) or redis.call('GET', lock) == token then return head end
return false
"""

# ARGV: id, thread, token. Gives the turn to whoever holds the lock; a turn that is not open leaves the lists, and where
# none is left the lock is let go.
LOAD = """
local turn, events, queue, lock, marks, index = unpack(KEYS)
local id, thread, token = unpack(ARGV)
if redis.call('GET', lock) ~= token then return {'lost'} end
if redis.call('HGET', turn, 'state') ~= 'open' then
  redis.call('LREM', queue, 0, id)
  redis.call('HDEL', marks, id)
  redis.call('ZREM', index, id .. ' ' .. thread)
  local head = redis.call('LINDEX', queue, 0)
  if not head then redis.call('DEL', lock) end
  return {'gone', head}
end
local input, journal = unpack(redis.call('HMGET', turn, 'input', 'journal'))
local attempts = redis.call('HINCRBY', turn, 'attempts', 1)
local mark = redis.call('HGET', marks, id)
return {'loaded', input, attempts, journal or '', mark or '', redis.call('XRANGE', events, '-', '+')}
"""

# ARGV: id, token, place of the first event in its turn, journal or '', 'whole' or '', ttl_ms, most events, then event
# and sentence of each. With the 'whole' reply in the journal the turn is only ever finished from here on, never taken
# back.
APPEND = """
local turn, events, queue, lock, marks = unpack(KEYS)
local id, token, first, journal, whole, ttl_ms, most = unpack(ARGV)
if redis.call('GET', lock) ~= token then return {'lost'} end
local mark = redis.call('HGET', marks, id)
if mark == 'rollback' then return {mark} end
if mark == 'interrupt' and #ARGV > 7 then return {mark} end
if journal ~= '' then redis.call('HSET', turn, 'journal', journal) end
if whole ~= '' then
  redis.call('HSET', marks, id, 'committed')
  redis.call('PEXPIRE', marks, ttl_ms)
end
local have, answer = redis.call('XLEN', events), {'ok'}
for index = 8, #ARGV, 2 do
  local place = tonumber(first) + (index - 8) / 2
  if have >= place then
    answer[#answer + 1] = redis.call('XRANGE', events, '-', '+', 'COUNT', place)[place][1]
  else
    local event, sentence = ARGV[index], ARGV[index + 1]
    answer[#answer + 1] = redis.call('XADD', events, 'MAXLEN', '~', most, '*', 'event', event, 'sentence', sentence)
  end
end
return answer
"""

# ARGV: id, thread, token, state, last event, ttl_ms, lease_ms. Keeps the lock for the next turn, else lets it go.
CLOSE = """
local turn, events, queue, lock, marks, index = unpack(KEYS)
local id, thread, token, state, event, ttl_ms, lease_ms = unpack(ARGV)
local is_ours = redis.call('GET', lock) == token
if redis.call('HGET', turn, 'state') ~= 'open' then
  local last = redis.call('XREVRANGE', events, '+', '-', 'COUNT', 1)[1]
  return {last and last[1] or '', is_ours and redis.call('LINDEX', queue, 0)}
end
if not is_ours then return {''} end
redis.call('LREM', queue, 0, id)
redis.call('HDEL', marks, id)
redis.call('ZREM', index, id .. ' ' .. thread)
local last = redis.call('XADD', events, '*', 'event', event)
redis.call('HSET', turn, 'state', state)
redis.call('HDEL', turn, 'input', 'journal', 'attempts')
redis.call('PEXPIRE', turn, ttl_ms)
redis.call('PEXPIRE', events, ttl_ms)
local head = redis.call('LINDEX', queue, 0)
if head then redis.call('PEXPIRE', lock, lease_ms) else redis.call('DEL', lock) end
return {last, head}
"""

# KEYS: lock, marks. ARGV: token, lease_ms, id of the running turn
RENEW = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'lost' end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('HGET', KEYS[2], ARGV[3]) or ''
"""

# KEYS: lock. ARGV: token
RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"

# KEYS: turn, events, lock. ARGV: the first event id that is wanted
FOLLOW = """
local found = redis.call('XRANGE', KEYS[2], ARGV[1], '+')
return {found, redis.call('HGET', KEYS[1], 'state') or '', redis.call('EXISTS', KEYS[3])}
"""
