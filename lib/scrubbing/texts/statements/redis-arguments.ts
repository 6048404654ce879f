/** Commands whose arguments are all secret. */
const SECRET = /^(?:auth|hello|acl|migrate)$/i;
/** Commands whose first argument is a key and whose other arguments are data. */
const WITH_DATA =
  /^(?:set|setex|psetex|setnx|getset|append|setrange|mset|msetnx|hset|hmset|hsetnx|lpush|rpush|lpushx|rpushx|lset|linsert|sadd|zadd|publish|spublish|xadd|pfadd|eval|evalsha|fcall)$/i;

/** How many arguments of a Redis command stay: none of `AUTH`, the key of `SET`, all of `GET`. */
export function harmlessArguments(command: string): number {
  return SECRET.test(command) ? 0 : WITH_DATA.test(command) ? 1 : Infinity;
}
