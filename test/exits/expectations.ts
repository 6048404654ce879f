/** How a process ends, and what was captured before. */
export const ways: [CASE: string, captured: string[]][] = [
  ['throw', ['thrown at top level']],
  ['reject', ['rejected']],
  ['bootstrap', ['bootstrap fails']],
  ['exit in a handler', ['captured before the exit']],
  ['exit in a hook', ['captured before the exit']],
  ['SIGTERM', []],
  ['end', ['captured before the end']],
  ['throw on exit', ['thrown on exit']],
];

/** The SDK lets a process live on after an unhandled rejection: the server ends later, the script when it is done. */
const server = { code: 7, signal: null };
export const endsAlive = { express: server, fastify: server, context: { code: 0, signal: null } };

export const kinds = ['express', 'fastify', 'context'] as const;
