// Makes sure that the services the tests talk to are listening: uses what runs, starts what is installed, and otherwise
// starts .ci/compose.yaml. Fails with the command to run. What it starts keeps running.
import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './entry-points.mjs';

const SERVICES = {
  redis: { port: 6379, start: ['redis-server', '--save', '', '--appendonly', 'no'] },
  nats: { port: 4222, start: ['nats-server'] },
  rabbitmq: { port: 5672, start: ['rabbitmq-server'] },
  mosquitto: { port: 1883, start: ['mosquitto', '-p', '1883'] },
  postgres: {
    port: 5432,
    start: ['sh', '-c', 'exec pg_ctlcluster --foreground "$(ls /etc/postgresql | tail -1)" main start'],
  },
  mariadb: { port: 3306, start: ['mariadbd-safe'] },
};
const START_TIMEOUT_MS = 60_000;
const COMPOSE = ['compose', '-f', '.ci/compose.yaml', 'up', '--detach', '--wait'];

function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (listening) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

/** @returns whether the port answers before the program ends or the time is up */
async function startProgram([program, ...args], port) {
  const child = spawn(program, args, { cwd: tmpdir(), detached: true, stdio: 'ignore' });
  let ended = false;
  child.once('error', () => (ended = true)).once('exit', () => (ended = true));
  child.unref();
  for (const deadline = Date.now() + START_TIMEOUT_MS; !ended && Date.now() < deadline; await delay(200)) {
    if (await isListening(port)) return true;
  }
  return false;
}

const startContainer = (name) =>
  spawnSync('docker', [...COMPOSE, name], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;

for (const [name, { port, start }] of Object.entries(SERVICES)) {
  if (await isListening(port)) continue;
  const started = (await startProgram(start, port)) || startContainer(name);
  if (started) {
    process.stderr.write(`${name}: started on port ${port}\n`);
  } else {
    process.stderr.write(`${name}: nothing listens on 127.0.0.1:${port}. Run: docker ${COMPOSE.join(' ')} ${name}\n`);
    process.exitCode = 1;
  }
}
