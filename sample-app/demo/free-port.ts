import { once } from 'node:events';
import { createServer } from 'node:net';
import { progress } from './progress.js';

const ANY = 0;

/** Returns the wanted port or, if it is in use, 0 to let the system choose one. */
export async function wantedOrAny(port: number, use: string): Promise<number> {
  if (port === ANY || (await isFree(port))) return port;
  progress(`Port ${port} is in use: ${use} uses a free port instead.`);
  return ANY;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return true;
  } catch {
    return false; // in use or not permitted: either way, another port is needed
  } finally {
    server.close();
  }
}
