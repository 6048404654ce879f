import { messageOf, nameOf, read, readText, typeNames } from '../error-shape.js';
import type { DatabaseFacts } from './driver-facts.js';

/** The upper-case word at the start of an error reply. Source: Redis documentation, "RESP protocol: simple errors". */
const REPLY = /^([A-Z][A-Z0-9]{2,})(?: |$)/;
const REPLIES = new Set(['ReplyError', 'SimpleError', 'ErrorReply', 'BlobError']);
const CLIENT = new Set([
  'MaxRetriesPerRequestError',
  'ClusterAllFailedError',
  'ClientClosedError',
  'SocketClosedUnexpectedlyError',
]);

/** ioredis and node-redis. Only the name of a command is read, never its arguments. */
export function redisFacts(error: unknown): DatabaseFacts | undefined {
  const names = typeNames(error);
  const system = 'redis';
  const client = names.find((name) => CLIENT.has(name));
  if (client !== undefined) return { system, operation: 'CONNECT', code: client };
  if (!names.some((name) => REPLIES.has(name))) return undefined;
  const code = REPLY.exec(messageOf(error))?.[1] ?? nameOf(error);
  const operation = readText(read(error, 'command'), 'name')?.toUpperCase();
  return { system, operation, code };
}
