import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers';
import { loadedFiles } from '../optional-dependencies/load-optional.js';
import { unreadVariables } from '../options/known-variables.js';
import { problemOfRelease } from '../options/release-name.js';
import type { ResolvedInit } from '../options/resolve-init.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded, stats } from '../stats/stats.js';

/** A mistake in how Sentry was started. Emitted through Node, because Nest's logger may not be loaded. */
interface StartWarning {
  code: string;
  text: string;
}

const REMOVE_INIT = 'Remove Sentry.init(), and pass its options as initSentry({ ..., sdk: { ... } }).';

export const ADOPTED_CLIENT: StartWarning = {
  code: 'SENTRY_CLIENT_ADOPTED',
  text:
    `Sentry.init() was called before initSentry(). Its client is used: it decides where events go, which traces are ` +
    `sampled and which integrations run; what it sends is scrubbed. ${REMOVE_INIT}`,
};

export const REPLACED_CLIENT: StartWarning = {
  code: 'SENTRY_CLIENT_REPLACED',
  text:
    `Sentry.init() was called after initSentry() and has replaced its client, with its DSN, integrations and sampling ` +
    `of traces. What the new client sends is still scrubbed and described. ${REMOVE_INIT}`,
};

const given = processWide('start-warnings', () => new Set<string>());

export function warnOnce({ code, text }: StartWarning): void {
  if (given.has(code)) return;
  given.add(code);
  process.emitWarning(text, { type: 'nestjs-error-tracker', code });
}

export function warnOfMissingDsn(options: Pick<ResolvedInit, 'dsn' | 'environment'> | undefined): void {
  if (!options || options.dsn || options.environment === 'test') return;
  warnOnce({
    code: 'SENTRY_DSN_MISSING',
    text: `No SENTRY_DSN in environment '${options.environment}': errors are not sent anywhere. Set SENTRY_DSN, or SENTRY_ENABLED=false if this is intended.`,
  });
}

/** Misspelt names of variables: nothing else tells that their values do not apply. */
export function warnOfUnreadVariables(variables: NodeJS.ProcessEnv): void {
  const unread = unreadVariables(variables);
  if (unread.length === 0) return;
  const list = unread.map(({ name, meant }) => `${name} (did you mean ${meant}?)`).join(', ');
  warnOnce({
    code: 'SENTRY_VARIABLE_UNKNOWN',
    text: `Nothing reads ${list}. Rename or remove ${unread.length === 1 ? 'it' : 'them'}.`,
  });
}

/** Sentry would drop it from events without a word. */
export function warnOfRelease(release: string | undefined): void {
  const problem = release === undefined ? undefined : problemOfRelease(release);
  if (release === undefined || problem === undefined) return;
  warnOnce({
    code: 'SENTRY_RELEASE_INVALID',
    text: `Sentry does not take the release ${JSON.stringify(release.slice(0, 60))}: ${problem}. Set SENTRY_RELEASE, for example to the commit.`,
  });
}

const MODULE_MISSING = 'SENTRY_MODULE_MISSING';

function moduleMissing(observed: string): StartWarning {
  return {
    code: MODULE_MISSING,
    text:
      `${observed}, but no module imports SentryModule.forRoot(): Nest errors are not reported, unless the filter of ` +
      `'@sentry/nestjs' is registered. Add SentryModule.forRoot() of 'nestjs-error-tracker' (not of ` +
      `'@sentry/nestjs/setup', and not SentryModule alone) to the imports of the root module.`,
  };
}

function isModuleMissing(): boolean {
  return !('exceptions' in stats.hooks);
}

/** Without an import of the module, only errors that the SDK detects itself are reported. */
export function warnOfMissingModule(response: ServerResponse): void {
  if (!isModuleMissing() || given.has(MODULE_MISSING)) return;
  response.once('close', () => {
    guarded('start-warnings', () => {
      if (response.statusCode >= 500 && isModuleMissing())
        warnOnce(moduleMissing('A request failed with a 5xx status'));
    });
  });
}

/** Milliseconds in which an application imports its modules. */
const START_TIME = 10_000;
const NEST = '/node_modules/@nestjs/core/';
const check = processWide('module-check', () => ({ isScheduled: false }));

/** For applications without failing requests: workers and schedulers. Nest loaded as ES modules cannot be detected. */
export function checkForModule(): void {
  if (check.isScheduled) return;
  check.isScheduled = true;
  setTimeout(() => {
    check.isScheduled = false;
    guarded('start-warnings', () => {
      if (isModuleMissing() && loadedFiles().some((file) => file.replaceAll('\\', '/').includes(NEST)))
        warnOnce(moduleMissing('Nest is loaded'));
    });
  }, START_TIME).unref();
}
