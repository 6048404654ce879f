import { parseDuration, type Duration } from '../../options/duration.js';
import * as schema from '../../options/schema.js';

/**
 * Options of `SentryHttpClientModule.forRoot()` and of `trackAxios()`.
 *
 * @example
 * ```ts
 * import { SentryHttpClientModule } from 'nestjs-error-tracker/http-client';
 *
 * SentryHttpClientModule.forRoot({ services: { 'api.stripe.com': 'stripe' }, slowerThan: '2s' });
 * ```
 */
export interface HttpClientOptions {
  /**
   * Names of services, by host or by host and port: `{ 'api.stripe.com': 'stripe', 'localhost:3001': 'orders' }`. An
   * entry with a port takes precedence. Default: the host, with its port unless it is the default of the scheme.
   */
  services?: Record<string, string> | undefined;
  /**
   * Duration above which a response sends a `Slow service` warning, grouped by service and endpoint. It is measured until
   * the headers of the response arrive. Default: `5s`.
   */
  slowerThan?: Duration | undefined;
}

/** Compiled {@link HttpClientOptions}. */
export interface HttpClientSettings {
  readonly options: HttpClientOptions;
  /** @param host - in lower case, with the port unless it is the default of the scheme */
  serviceAt(host: string): string;
  /** Milliseconds. */
  readonly slowerThan: number;
}

const DEFAULT_SLOWER_THAN = 5_000;

const services: schema.Check = (value, path) => {
  schema.object(value, path);
  for (const [host, name] of Object.entries(value as object)) {
    const at = `${path}['${host}']`;
    hostName(host, at);
    schema.text(name, at);
  }
};
const hostName = schema.check(
  'a host, or a host and a port, as the key',
  "use the host alone, for example { 'api.stripe.com': 'stripe' }",
  (value) => /^[^\s/?#@]+$/.test(value as string),
);

export const httpClientShape = schema.shape({ services, slowerThan: schema.duration });

export function compileHttpClientSettings(options: HttpClientOptions): HttpClientSettings {
  const names = new Map(Object.entries(options.services ?? {}).map(([host, name]) => [host.toLowerCase(), name]));
  return {
    options,
    serviceAt: (host) => names.get(host) ?? names.get(withoutPort(host)) ?? host,
    slowerThan: parseDuration(options.slowerThan) ?? DEFAULT_SLOWER_THAN,
  };
}

/** An IPv6 address stands in brackets. */
function withoutPort(host: string): string {
  return host.replace(/:\d{1,5}$/, '');
}
