import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '../../process-state/process-wide.js';
import { settingsWith, type OwnOptions } from '../../partners/own-options.js';
import { compileHttpClientSettings, type HttpClientOptions, type HttpClientSettings } from './http-client-options.js';
import { httpClient } from './http-client-partner.js';

/** The options of an axios instance. */
export type OwnCallOptions = OwnOptions<HttpClientOptions, HttpClientSettings>;

const running = processWide('http-client-options', () => new AsyncLocalStorage<OwnCallOptions>());

/** Runs a call whose own options take precedence over those of the application. */
export function withOwnOptions<T>(own: OwnCallOptions, call: () => T): T {
  return running.run(own, call);
}

/** The settings of the running call; undefined if the application does not track calls. */
export function settingsHere(): HttpClientSettings | undefined {
  const base = httpClient.trackingHere()?.settings;
  return (
    base && settingsWith(base, running.getStore(), (options) => compileHttpClientSettings(withNamesOf(base, options)))
  );
}

/** Names are given one by one: those of an instance leave the others as they are. */
function withNamesOf({ options }: HttpClientSettings, merged: HttpClientOptions): HttpClientOptions {
  return { ...merged, services: { ...options.services, ...merged.services } };
}
