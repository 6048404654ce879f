// Three workers of one application behind one port; `{ kill: true }` ends one of them at once, and another takes its place.
import cluster from 'node:cluster';
import { join, dirname } from 'node:path';

const exec = join(dirname(process.argv[1] ?? ''), 'main.js');
cluster.setupPrimary({ exec });
const start = () => {
  const worker = cluster.fork();
  worker.on('message', (message) => process.send!(message));
};
for (let at = 0; at < 3; at++) start();
process.on('message', (message: any) => {
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected());
  if (message.kill) {
    workers[Math.floor(Math.random() * workers.length)]?.process.kill('SIGKILL');
    start();
  }
});
