import type { ServerResponse } from 'node:http';
import type { ResolvedInit } from '../options/resolve-init.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded, stats } from '../stats/stats.js';

/** A mistake in how Sentry was started. These warnings come from Node, since Nest and its logger may not be loaded. */
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
    `of traces. What the new client sends is scrubbed and described all the same. ${REMOVE_INIT}`,
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
    text: `No SENTRY_DSN in environment '${options.environment}': errors are not sent anywhere. Set SENTRY_DSN, or SENTRY_ENABLED=false to say that this is meant.`,
  });
}

const MISSING_MODULE: StartWarning = {
  code: 'SENTRY_MODULE_MISSING',
  text:
    `A request was answered with an error, but SentryModule is not imported: nothing of Nest is reported. Add ` +
    `SentryModule.forRoot() of 'nestjs-error-tracker' (not of '@sentry/nestjs/setup') to the imports of the root module.`,
};

/** Every import of the module hooks into Nest; without any, only what the SDK sees by itself is reported. */
export function warnOfMissingModule(response: ServerResponse): void {
  if ('exceptions' in stats.hooks || given.has(MISSING_MODULE.code)) return;
  response.once('close', () => {
    guarded('start-warnings', () => {
      if (response.statusCode >= 500 && !('exceptions' in stats.hooks)) warnOnce(MISSING_MODULE);
    });
  });
}
