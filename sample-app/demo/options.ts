import { parseArgs } from 'node:util';

const USAGE = `Usage: npm run demo -- [--once] [--port <inbox>]

  --once         exit after printing the result; exit code 0 if exactly the expected items have arrived
  --port <port>  port of the inbox (default: 8970; 0 uses a free port)

Environment variables of the sample app:
  PORT=<port>         port to listen on (default: 3000; 0 uses a free port)
  PLATFORM=fastify    run on Fastify instead of Express
  DATABASE_URL=<url>  URL of a PostgreSQL database (default: in memory)
  REDIS_URL=<url>     URL of Redis, for the queue of receipts and reminders (default: timers)
  BROKER_URL=<url>    URL of RabbitMQ, NATS or MQTT, for the warehouse (default: in this process)`;

/** The message contains the problem and the usage. */
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
  throw new WrongUse(`${name}: received ${JSON.stringify(text)}; expected a port from 0 to 65535`);
}
