import { spawnSync } from 'node:child_process';

/** Brokers that the tests talk to, on their standard ports of this machine. */
const PORTS = { redis: 6379, nats: 4222, rmq: 5672 } as const;

/**
 * Whether the tests over this transport can run here. Where its broker does not answer they are left out, loudly; the
 * CI counts what was left out as failed.
 */
export function canRunOver(transport: string): boolean {
  const port = PORTS[transport as keyof typeof PORTS] as number | undefined;
  if (port === undefined || isListening(port)) return true;
  process.stderr.write(`\nLEFT OUT: the tests over ${transport}, because nothing listens on 127.0.0.1:${port}\n`);
  return false;
}

function isListening(port: number): boolean {
  const connect = `require('net').connect(${port}, '127.0.0.1', () => process.exit(0)).on('error', () => process.exit(1))`;
  return spawnSync(process.execPath, ['-e', connect], { timeout: 5_000 }).status === 0;
}
