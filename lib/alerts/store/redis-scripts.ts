/** Redis' own clock is used: those of the processes may differ. */
const NOW = `local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

/** The time, the version of a record, and the record. `KEYS[1]`: a hash with both. */
export const READ = `${NOW}
local r = redis.call('HMGET', KEYS[1], 'v', 'd')
return { tostring(now), r[1] or '', r[2] or '' }`;

/** Writes a record unless another process was faster. `ARGV`: version that was read, new record, time to live in ms. */
export const WRITE = `if (redis.call('HGET', KEYS[1], 'v') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'd', ARGV[2])
redis.call('HINCRBY', KEYS[1], 'v', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`;

/** Notes that a group was seen, and returns the time and when it was seen before. `ARGV`: time to live in ms. */
export const SIGHT = `${NOW}
local before = redis.call('GET', KEYS[1])
redis.call('SET', KEYS[1], string.format('%.0f', now), 'PX', ARGV[1])
return { tostring(now), before or '' }`;
