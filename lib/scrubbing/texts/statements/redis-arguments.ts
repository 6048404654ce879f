/** Commands whose arguments are all secret. */
const SECRET = /^(?:auth|hello|acl)$/i;
/** Commands whose first argument is a key and whose other arguments are data. */
const WITH_DATA =
  /^(?:set|setex|psetex|setnx|getset|append|setrange|mset|msetnx|hset|hmset|hsetnx|lpush|rpush|lpushx|rpushx|lset|linsert|sadd|zadd|publish|spublish|xadd|pfadd|eval|evalsha|fcall)$/i;

/** How many arguments of a Redis command stay: none of `AUTH`, the key of `SET`, all of `GET`. */
export function harmlessArguments(command: string): number {
  return SECRET.test(command) ? 0 : WITH_DATA.test(command) ? 1 : Infinity;
}

/** The positions of the log-in among the arguments of `MIGRATE host port key db timeout AUTH x`; undefined for other commands. */
export function migrationSecrets(command: string, list: readonly unknown[]): ReadonlySet<number> | undefined {
  if (!/^migrate$/i.test(command)) return undefined;
  const secret = new Set<number>();
  for (const [at, word] of list.entries()) {
    if (typeof word !== 'string' || !/^auth2?$/i.test(word)) continue;
    secret.add(at + 1);
    if (/2$/.test(word)) secret.add(at + 2);
  }
  return secret;
}
