import { once } from 'node:events';
import { createServer } from 'node:net';
import { progress } from './progress.js';

const ANY = 0;

/** The wanted port; where something listens there, says so and lets the system choose. */
export async function wantedOrAny(port: number, use: string): Promise<number> {
  if (port === ANY || (await isFree(port))) return port;
  progress(`Port ${port} is taken: ${use} takes a free one.`);
  return ANY;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return true;
  } catch {
    return false; // taken, or not for this user: either way another port is needed
  } finally {
    server.close();
  }
}
