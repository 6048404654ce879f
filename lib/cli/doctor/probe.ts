/**
 * Runs in the process of the application that `doctor` starts, before everything else (`--require`): nothing is sent, servers
 * listen on free ports of this machine, and once the application has started, what was seen is written to a file and the
 * process ends.
 *
 * The same file is loaded in Node's thread for module hooks, where `initialize` and `load` are called.
 */
import { renameSync, writeFileSync } from 'node:fs';
import cluster from 'node:cluster';
import http from 'node:http';
import https from 'node:https';
import { createRequire, register, syncBuiltinESMExports } from 'node:module';
import { Server } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread, MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { ClientState } from '../../client/state.js';
import { dryRun } from '../../process-state/dry-run.js';
import { stats } from '../../stats/stats.js';
import { FACTS_VARIABLE, type EntryFacts } from './facts/entry-facts.js';
import { packageOf } from './facts/package-of.js';
import { seenOptions } from './facts/seen-options.js';

/** How long the application may take to start, in milliseconds. */
const TIME_LIMIT = 20_000;
/** How long what follows may take: `app.enableShutdownHooks()` after `app.listen()`, the server of a hybrid application. */
const AFTER_LISTENING = 250;
/** How long an application that has run its lifecycle hooks may take to listen; one without a server never does. */
const AFTER_BOOTSTRAP = 1_000;
/** How long a server may wait for its application: some programs look for a free port first. */
const AFTER_OTHER_SERVER = 2_000;
const MOST_OWN_FILES = 500;
const FATAL_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

const NEST = /\/node_modules\/@nestjs\/(?:core|common)\/index\.js$/;
const EVALUATED = Symbol.for('nestjs-error-tracker.doctor.evaluated');

/** Called in the hooks thread. */
let loads: MessagePort | undefined;
export function initialize({ port }: { port: MessagePort }): void {
  loads = port;
  port.unref();
}

interface LoadedModule {
  format?: string | null;
  source?: string | ArrayBuffer | Uint8Array | null;
}
type Load = (url: string, context: object) => Promise<LoadedModule>;

/** Tells which ES modules are linked, and lets Nest tell when it runs: a linked module runs later. */
export async function load(url: string, context: object, next: Load): Promise<LoadedModule> {
  const loaded = await next(url, context);
  loads?.postMessage(url);
  if (loaded.format !== 'module' || !loaded.source || !NEST.test(url)) return loaded;
  const code = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString();
  return { ...loaded, source: `${code}\n;globalThis[Symbol.for(${JSON.stringify(EVALUATED.description)})] = true;\n` };
}

function watch(target: string): void {
  const { cache } = createRequire(__filename);
  const [entry = ''] = process.argv.slice(1);
  const linked = new Set<string>();
  const modules = new Map<object, number>();
  const { port1, port2 } = new MessageChannel();
  let client: ClientState | undefined;
  let start: Omit<NonNullable<EntryFacts['sentry']>, 'options' | 'origin'> | undefined;
  let error: EntryFacts['error'];
  let isListening = false;
  let isBootstrapped = false;
  let isWritten = false;

  const files = (): string[] => {
    for (let message = receiveMessageOnPort(port1); message; message = receiveMessageOnPort(port1)) {
      const url = message.message as string;
      if (url.startsWith('file:')) linked.add(fileURLToPath(url.replace(/[?#].*$/, '')));
    }
    return [...new Set([...Object.keys(cache), ...linked])];
  };
  const namesOf = (paths: readonly string[]) => [...new Set(paths.flatMap((file) => packageOf(file)?.name ?? []))];
  const isEntry = (file: string) => file === entry || file === `${entry}.js`;

  const write = (exitCode?: number): void => {
    if (isWritten) return;
    isWritten = true;
    const all = files();
    const packages: EntryFacts['packages'] = {};
    for (const file of all) {
      const found = packageOf(file);
      if (!found) continue;
      const folders = (packages[found.name] ??= []);
      if (!folders.includes(found.folder)) folders.push(found.folder);
    }
    const facts: EntryFacts = {
      isListening,
      isBootstrapped,
      exitCode,
      error,
      isModule: linked.has(entry) && !(entry in cache),
      packages,
      ownFiles: all.filter((file) => !packageOf(file) && file !== __filename).slice(0, MOST_OWN_FILES),
      sentry: start &&
        client?.options && { ...start, origin: client.client && client.origin, options: seenOptions(client.options) },
      hooks: stats.hooks,
      modules: Math.max(0, ...modules.values()),
      handlesSignals: FATAL_SIGNALS.some((signal) => process.listenerCount(signal) > 0),
      mapsStacks:
        process.execArgv.includes('--enable-source-maps') ||
        /--enable-source-maps/.test(process.env.NODE_OPTIONS ?? ''),
    };
    writeFileSync(`${target}.part`, JSON.stringify(facts), { mode: 0o600 });
    renameSync(`${target}.part`, target);
  };
  const finish = (): void => {
    write();
    // A worker ends with the process that has forked it, which would fork another one.
    process.kill(cluster.isWorker && process.platform !== 'win32' ? -process.ppid : process.pid, 'SIGKILL');
  };
  // The application is that of its workers.
  cluster.once('fork', () => {
    isWritten = true;
    clearTimeout(timer);
  });
  let timer = setTimeout(finish, TIME_LIMIT).unref();
  const deadline = Date.now() + TIME_LIMIT;
  const finishAfter = (delay: number): void => {
    clearTimeout(timer);
    timer = setTimeout(finish, Math.min(delay, Math.max(0, deadline - Date.now()))).unref();
  };

  register(pathToFileURL(__filename), { data: { port: port2 }, transferList: [port2] });
  port1.unref();
  dryRun.onStart = (state) => {
    client ??= state as ClientState;
    if (start) return;
    const before = files();
    const loadedBefore = namesOf(before);
    const isAfterNest =
      EVALUATED in globalThis || Object.keys(cache).some((file) => NEST.test(file.replaceAll('\\', '/')));
    start = { isPreloaded: !before.some(isEntry), loadedBefore, isAfterNest };
  };
  dryRun.onModule = (container) => {
    modules.set(container, (modules.get(container) ?? 0) + 1);
  };
  dryRun.onBootstrap = () => {
    isBootstrapped = true;
    finishAfter(isListening ? AFTER_LISTENING : AFTER_BOOTSTRAP);
  };
  onListening(() => {
    isListening = true;
    finishAfter(isBootstrapped ? AFTER_LISTENING : AFTER_OTHER_SERVER);
  });
  process.on('uncaughtExceptionMonitor', (thrown: unknown) => {
    error ??=
      thrown instanceof Error
        ? { name: thrown.name, message: thrown.message, place: placeOf(thrown) }
        : { name: 'thrown', message: String(thrown) };
  });
  process.on('exit', write);
}

/** The first frame that is neither of Node nor of a package. */
function placeOf({ stack }: Error): string | undefined {
  const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const own = frames.find((line) => !/node:|node_modules|native/.test(line));
  return own && /\(?((?:file:\/\/)?[^\s()]+:\d+:\d+)\)?$/.exec(own)?.[1];
}

/** Servers listen on a free port of this machine: the real one may be in use, and nobody else should be served. */
function onListening(callback: () => void): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver
  const { listen } = Server.prototype;
  Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
    this.once('listening', callback);
    const listener = args.find((each) => typeof each === 'function') as (() => void) | undefined;
    return listen.call(this, { port: 0, host: '127.0.0.1' }, listener);
  } as typeof listen;
}

/** What a client sends that this library does not know. */
const ENVELOPES = /\/api\/\d+\/(?:envelope|store)\/(?:\?|$)/;

function sendNothing(): void {
  for (const module of [http, https]) {
    const request = module.request as (...args: unknown[]) => http.ClientRequest;
    const refusing = (...args: unknown[]): http.ClientRequest => {
      const [target] = args;
      const path = typeof target === 'object' && target !== null && 'path' in target ? target.path : target;
      // Nothing listens there.
      return ENVELOPES.test(String(path)) ? http.get({ host: '127.0.0.1', port: 9 }) : request(...args);
    };
    module.request = refusing;
  }
  syncBuiltinESMExports();
}

const target = process.env[FACTS_VARIABLE];
if (target !== undefined) {
  dryRun.isOn = true;
  sendNothing();
  // Processes that the application forks inherit variable and preload: they send nothing, and tell nothing. Workers of a
  // cluster are the application.
  const first = process.env[`${FACTS_VARIABLE}_PROCESS`];
  if (isMainThread && (first === undefined || (cluster.isWorker && first === String(process.ppid)))) {
    process.env[`${FACTS_VARIABLE}_PROCESS`] = String(process.pid);
    watch(target);
  }
}
