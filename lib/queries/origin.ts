import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const PLACE = /(?:\(|\bat (?:async )?)((?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*):(\d+):\d+\)?$/;
/** A longer line is none that Node has written, and would take long to read. */
const MAX_LINE_LENGTH = 1_000;
const MAX_STACK_LENGTH = 50_000;
/** Prisma copies its runtime into the folder of a generated client. */
const PACKAGES = /[\\/]node_modules[\\/]|[\\/]runtime[\\/](?:binary|client|library)\.m?js$/;

/**
 * The place in the application from which the running code was called: `src/orders/orders.service.ts:42`, relative to
 * the working directory. Asynchronous callers count. Undefined if there is none among the frames that Node keeps.
 *
 * @param above - the function whose callers are searched
 */
export function applicationCaller(above: (...args: never[]) => unknown): string | undefined {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, above);
  return firstPlaceIn(holder.stack);
}

/** The first frame of a stack that is neither of a package nor of Node. */
export function firstPlaceIn(stack: unknown): string | undefined {
  if (typeof stack !== 'string') return undefined;
  for (const line of stack.slice(0, MAX_STACK_LENGTH).split('\n')) {
    if (line.length > MAX_LINE_LENGTH) continue;
    const [, location, number] = PLACE.exec(line.trimEnd()) ?? [];
    if (location === undefined || number === undefined || PACKAGES.test(location)) continue;
    const file = location.startsWith('file://') ? fileURLToPath(location) : location;
    const inside = relative(process.cwd(), file);
    return `${inside.startsWith('..') || inside === '' ? file : inside.split(sep).join('/')}:${number}`;
  }
  return undefined;
}
