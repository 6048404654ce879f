import { spawnSync } from 'node:child_process';

/** The servers that tests connect to, on their standard ports. */
const PORTS = { redis: 6379, nats: 4222, rmq: 5672, mqtt: 1883, postgres: 5432, mariadb: 3306 } as const;

/**
 * Whether the broker of this transport is running. If not, its tests are skipped with a message; CI counts skipped tests
 * as failed.
 */
export function canRunOver(transport: string): boolean {
  const port = PORTS[transport as keyof typeof PORTS] as number | undefined;
  if (port === undefined || isListening(port)) return true;
  process.stderr.write(`\nSKIPPED: the tests over ${transport}, because nothing listens on 127.0.0.1:${port}\n`);
  return false;
}

function isListening(port: number): boolean {
  const connect = `require('net').connect(${port}, '127.0.0.1', () => process.exit(0)).on('error', () => process.exit(1))`;
  return spawnSync(process.execPath, ['-e', connect], { timeout: 5_000 }).status === 0;
}

/** Like {@link canRunOver}, asked only once. */
export function isServed(database: string): boolean {
  let served = databases.get(database);
  if (served === undefined) databases.set(database, (served = canRunOver(database)));
  return served;
}
const databases = new Map<string, boolean>();
