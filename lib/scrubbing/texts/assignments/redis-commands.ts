import { FILTERED, isMarker } from '../../markers/marker.js';

const COMMAND = /^([A-Za-z]{2,20})(\s+)([\s\S]+)$/;
/** Commands whose arguments are all secret. */
const SECRET = /^(?:auth|hello|acl|migrate)$/i;
/** Commands whose first argument is a key and whose other arguments are data. */
const WITH_DATA =
  /^(?:set|setex|psetex|setnx|getset|append|setrange|mset|msetnx|hset|hmset|hsetnx|lpush|rpush|lpushx|rpushx|lset|linsert|sadd|zadd|publish|spublish|xadd|pfadd|eval|evalsha|fcall)$/i;

/** A Redis command as in the description of the SDK's spans: keeps the command and the first key, removes the rest. */
export function scrubRedisCommand(text: string): string {
  const found = COMMAND.exec(text);
  if (!found) return text;
  const [, command, gap, rest] = found as unknown as [string, string, string, string];
  if (SECRET.test(command)) return isMarker(rest) ? text : command + gap + FILTERED;
  if (!WITH_DATA.test(command)) return text;
  const space = rest.search(/\s/);
  if (space === -1 || isMarker(rest.slice(space + 1))) return text;
  return `${command}${gap}${rest.slice(0, space)} ${FILTERED}`;
}
