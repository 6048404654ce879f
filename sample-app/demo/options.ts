import { parseArgs } from 'node:util';

const USAGE = `Usage: npm run demo -- [--once] [--port <inbox>]

  --once         end when the account is given; exit code 0 only if everything expected arrived, and nothing else
  --port <port>  of the inbox; default 8970, 0 takes a free one

  PORT=<port>         of the sample app; default 3000, 0 takes a free one
  PLATFORM=fastify    runs the sample app on Fastify
  DATABASE_URL=<url>  of a PostgreSQL database; default: in memory`;

/** The message says what cannot be used, and what can. */
export class WrongUse extends Error {
  constructor(problem: string) {
    super(`${problem}\n\n${USAGE}`);
  }
}

export interface DemoOptions {
  once: boolean;
  inboxPort: number;
  shopPort: number;
}

/** @throws WrongUse */
export function readOptions(args: string[], variables: NodeJS.ProcessEnv): DemoOptions {
  const { once, port } = parse(args);
  return {
    once: once ?? false,
    inboxPort: toPort('--port', port ?? '8970'),
    shopPort: toPort('PORT', variables.PORT || '3000'),
  };
}

function parse(args: string[]): { once?: boolean; port?: string } {
  try {
    return parseArgs({ args, options: { once: { type: 'boolean' }, port: { type: 'string' } } }).values;
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

function toPort(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new WrongUse(`${name}: given ${JSON.stringify(text)}, expected a port from 0 to 65535`);
}
