import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../../process-state/process-wide.js';
import { compileHttpClientSettings, type HttpClientOptions, type HttpClientSettings } from './http-client-options.js';
import { httpClient } from './http-client-partner.js';

/** The options of an axios instance, and the last settings that they were merged with. */
export interface OwnOptions {
  readonly options: HttpClientOptions;
  merged?: { readonly base: HttpClientSettings; readonly settings: HttpClientSettings };
}

const running = processWide('http-client-options', () => new AsyncLocalStorage<OwnOptions>());

/** Runs a call whose own options take precedence over those of the application. */
export function withOwnOptions<T>(own: OwnOptions, call: () => T): T {
  return running.run(own, call);
}

/** The settings of the running call; undefined if the application does not track calls. */
export function settingsHere(): HttpClientSettings | undefined {
  const base = httpClient.trackingHere()?.settings;
  const own = running.getStore();
  if (!base || !own) return base;
  if (own.merged?.base !== base)
    own.merged = { base, settings: compileHttpClientSettings(merge(base.options, own.options)) };
  return own.merged.settings;
}

function merge(base: HttpClientOptions, own: HttpClientOptions): HttpClientOptions {
  return {
    services: { ...base.services, ...own.services },
    slowerThan: own.slowerThan ?? base.slowerThan,
  };
}
