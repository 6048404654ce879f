/** Commands whose arguments are all secret. */
const SECRET: ReadonlySet<string> = new Set(['auth', 'hello', 'acl', 'migrate']);
/** Commands whose first argument is a key and whose other arguments are data. */
const WITH_DATA: ReadonlySet<string> = new Set(
  (
    'set setex psetex setnx getset append setrange mset msetnx hset hmset hsetnx lpush rpush lpushx rpushx lset ' +
    'linsert sadd zadd publish spublish xadd pfadd eval evalsha fcall'
  ).split(' '),
);

/** How many arguments of a Redis command stay: none of `AUTH`, the key of `SET`, all of `GET`. */
export function harmlessArguments(command: string): number {
  const name = command.toLowerCase();
  return SECRET.has(name) ? 0 : WITH_DATA.has(name) ? 1 : Infinity;
}
