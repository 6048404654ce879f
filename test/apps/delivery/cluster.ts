// Three workers of one application behind one port; `{ kill: true }` ends one of them at once, and another takes its place.
import cluster, { type Worker } from 'node:cluster';
import { join, dirname } from 'node:path';

const exec = join(dirname(process.argv[1] ?? ''), 'main.js');
cluster.setupPrimary({ exec });
const start = () => {
  const worker = cluster.fork();
  worker.on('message', (message) => process.send!(message));
};
const listening = new Set<Worker>();
cluster.on('listening', (worker) => listening.add(worker));
cluster.on('exit', (worker) => listening.delete(worker));
for (let at = 0; at < 3; at++) start();
process.on('message', (message: any) => {
  // With the last worker that listens, the port would be given back, and the next would get another.
  if (!message.kill || listening.size < 2) return;
  const victim = [...listening][Math.floor(Math.random() * listening.size)]!;
  listening.delete(victim);
  victim.process.kill('SIGKILL');
  start();
});
