import { Logger } from '@nestjs/common';
import { getClient } from '@sentry/nestjs';
import { clientState } from '../client/state.js';
import { startSentry } from '../init.js';
import { loadedFiles } from '../optional-dependencies/load-optional.js';
import { processWide } from '../process-state/process-wide.js';
import type { InitOptions } from '../options/init-options.js';

const said = processWide('late-start', () => ({ note: false }));

/** Packages that the SDK can only trace when it is started before they are loaded. */
const INSTRUMENTED = [
  'pg',
  'mysql2',
  'mysql',
  'ioredis',
  'redis',
  'mongodb',
  'mongoose',
  'amqplib',
  'kafkajs',
  '@prisma/client',
  'knex',
  'tedious',
];

/** Starts Sentry from within the module, where nothing has started it yet, and says once what that loses. */
export function startFromModule(options: InitOptions | undefined): void {
  if (clientState.client && getClient() === clientState.client) return;
  if (options === undefined) {
    if (clientState.options === undefined) sayOnce(notStarted());
    return;
  }
  if (startSentry(options, 'init')) sayOnce(startedLate());
}

function startedLate(): string {
  const loaded = INSTRUMENTED.filter(isLoaded);
  const lost =
    loaded.length > 0 ? `spans of ${loaded.join(', ')}` : 'spans of database and broker clients loaded before';
  return (
    `Sentry was started by SentryModule, after other modules were loaded. Lost: ${lost}, and errors thrown before ` +
    `this point. Errors, users, breadcrumbs, request transactions, handler spans and operations are complete. ` +
    `To lose nothing, import 'nestjs-error-tracker/init' and call initSentry() first thing in main.ts, ` +
    `or run node --import nestjs-error-tracker/register.`
  );
}

function notStarted(): string {
  const foreign = getClient() !== undefined;
  return (
    (foreign
      ? 'Sentry was started without initSentry(): events are neither scrubbed nor described by this module. '
      : 'Sentry is not started: nothing is reported. ') +
    `Call initSentry() of 'nestjs-error-tracker/init' first thing in main.ts, run node --import ` +
    `nestjs-error-tracker/register, or give SentryModule.forRoot({ init: {} }).`
  );
}

function sayOnce(note: string): void {
  if (said.note || process.env.NODE_ENV === 'test') return;
  said.note = true;
  new Logger('SentryModule').warn(note);
}

/** Files of CommonJS packages that are loaded; what came as an ES module cannot be seen. */
function isLoaded(name: string): boolean {
  const folder = `/node_modules/${name}/`;
  return loadedFiles().some((file) => file.replaceAll('\\', '/').includes(folder));
}
