import type { Lane } from '../harness/app-process';
import type { ReceiverKind } from './ended-process';

/** How a process ends: code or signal as without this library, and what was captured before. */
export const ways: [CASE: string, end: number | 'SIGTERM', captured: string[]][] = [
  ['throw', 1, ['thrown at top level']],
  ['reject', 1, ['rejected']],
  ['bootstrap', 1, ['bootstrap fails']],
  ['exit in a handler', 3, ['captured before the exit']],
  ['exit in a hook', 3, ['captured before the exit']],
  ['SIGTERM', 'SIGTERM', []],
  ['end', 0, ['captured before the end']],
  ['throw on exit', 1, ['thrown on exit']],
];

type Kind = (typeof kinds)[number];

/** Where `npm test` runs a way: once, with a receiver that changes how a process ends; a hook exits as a handler does. */
export const usually: Partial<Record<string, [Lane, Kind, ReceiverKind]>> = {
  throw: ['11', 'express', 'hanging'],
  reject: ['11', 'express', 'refused'],
  bootstrap: ['12', 'fastify', 'refused'],
  'exit in a handler': ['11', 'context', 'hanging'],
  SIGTERM: ['12', 'express', 'hanging'],
  end: ['11', 'context', 'hanging'],
  'throw on exit': ['11', 'express', 'refused'],
};

/** The SDK lets a process live on after an unhandled rejection: the server ends later, the script when it is done. */
export const endsAlive = { express: 7, fastify: 7, context: 0 };

export const kinds = ['express', 'fastify', 'context'] as const;
