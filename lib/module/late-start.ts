import { getClient, type NodeClient } from '@sentry/nestjs';
import { isClosed } from '../client/cleanup-on-close.js';
import { INSTRUMENTED_PACKAGES } from '../client/instrumented-packages.js';
import { clientState } from '../client/state.js';
import { watchReplacement } from '../client/watch-replacement.js';
import { startSentry } from '../init.js';
import { loadedFiles } from '../optional-dependencies/load-optional.js';
import { ConfigurationError } from '../options/configuration-error.js';
import type { InitOptions } from '../options/init-options.js';
import { testKit } from '../process-state/test-kit.js';
import { processWide } from '../process-state/process-wide.js';
import { logOnce } from './log-once.js';

const state = processWide('late-start', () => ({ isStarted: false }));

/**
 * Starts Sentry from within the module if nothing has started it yet, and logs once what is lost by that. A client that
 * `Sentry.init()` has started is adopted.
 */
export function startFromModule(options: InitOptions | undefined): void {
  if (testKit.adapt) {
    startSentry(options, 'init');
    return;
  }
  const current = getClient<NodeClient>();
  const running = isClosed(current) ? undefined : current;
  if (running && running === clientState.client) {
    noteIgnored(options);
    return;
  }
  if (options === undefined && !running) {
    if (clientState.options === undefined) adoptOnceStarted();
    return;
  }
  if (!startSentry(options, 'init')) return;
  state.isStarted = true;
  logOnce('warn', clientState.origin === 'own' ? startedLate() : ADOPTED);
}

/** `Sentry.init()` may still run: in a provider that reads the configuration, or below the imports of `main.ts`. */
function adoptOnceStarted(): void {
  watchReplacement(() => {
    try {
      startFromModule(undefined);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      logOnce('warn', `Sentry.init() was called, but nothing is reported: ${error.message}`);
    }
  });
}

/** Logs once, when the application has started, that nothing has started Sentry. */
export function noteIfNotStarted(): void {
  if (clientState.options === undefined && !getClient()) logOnce('warn', NOT_STARTED);
}

function noteIgnored(options: InitOptions | undefined): void {
  const keys = Object.entries(options ?? {}).flatMap(([key, value]) => (value === undefined ? [] : `init.${key}`));
  if (keys.length === 0 || state.isStarted) return;
  logOnce(
    'warn',
    `Sentry was already started, so these options of SentryModule are ignored: ${keys.join(', ')}. Pass them to initSentry().`,
  );
}

function startedLate(): string {
  const loaded = INSTRUMENTED_PACKAGES.filter(isLoaded);
  const lost =
    loaded.length > 0 ? `spans of ${loaded.join(', ')}` : 'spans of database and broker clients loaded before';
  return (
    `Sentry was started by SentryModule, after other modules were loaded. Lost: ${lost}, and errors thrown before ` +
    `this point. Errors, users, breadcrumbs, request transactions, handler spans and operations are complete. ` +
    `To lose nothing, import 'nestjs-error-tracker/init' and call initSentry() first thing in main.ts, ` +
    `or run node --import nestjs-error-tracker/register.`
  );
}

const START =
  `Call initSentry() of 'nestjs-error-tracker/init' first thing in main.ts, run node --import ` +
  `nestjs-error-tracker/register, or pass init: {} to SentryModule.forRoot().`;

const NOT_STARTED = `Sentry is not started: nothing is reported. ${START}`;

const ADOPTED =
  `Sentry was started by Sentry.init(), whose client is used: it decides where events go, which traces are sampled and ` +
  `which integrations run; what it sends is scrubbed. To finish the migration, call initSentry() of ` +
  `'nestjs-error-tracker/init' instead, with the same options as initSentry({ ..., sdk: { ... } }).`;

/** Whether a CommonJS file of the package is loaded; loaded ES modules cannot be detected. */
function isLoaded(name: string): boolean {
  const folder = `/node_modules/${name}/`;
  return loadedFiles().some((file) => file.replaceAll('\\', '/').includes(folder));
}
