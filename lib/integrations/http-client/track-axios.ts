import { guarded } from '../../stats/stats.js';
import { ownOptions } from '../../partners/own-options.js';
import { httpClientShape, type HttpClientOptions } from './http-client-options.js';
import { withOwnOptions, type OwnCallOptions } from './own-settings.js';

type Method = (...args: unknown[]) => unknown;

/** The methods of an axios instance that make a call. */
const METHODS = [
  ...['request', 'get', 'delete', 'head', 'options', 'query'],
  ...['post', 'put', 'patch', 'postForm', 'putForm', 'patchForm', 'queryForm'],
];

/** The options of each instance: a second call replaces them. */
const tracked = new WeakMap<object, { own: OwnCallOptions }>();

/**
 * Sets options for the calls of one axios instance, which is tracked without it, and returns the instance:
 *
 * ```ts
 * import axios from 'axios';
 * import { trackAxios } from 'nestjs-error-tracker/http-client';
 *
 * export const stripe = trackAxios(axios.create({ baseURL: 'https://api.stripe.com' }), {
 *   services: { 'api.stripe.com': 'stripe' },
 *   slowerThan: '2s',
 * });
 * ```
 *
 * They apply to calls through its methods, such as `get` and `request`; a call of the instance itself,
 * `instance(config)`, has those of `SentryHttpClientModule`. Interceptors, defaults and errors stay as they are.
 *
 * @param options - take precedence over those of `SentryHttpClientModule`
 * @throws ConfigurationError - if an option is unknown or has a wrong value
 */
export function trackAxios<A>(instance: A, options: HttpClientOptions = {}): A {
  httpClientShape(options, 'trackAxios');
  if (Object.values(options).every((value) => value === undefined)) return instance;
  if ((typeof instance === 'object' || typeof instance === 'function') && instance !== null) {
    guarded('http-client', () => {
      setOwnOptions(instance, ownOptions(options));
    });
  }
  return instance;
}

function setOwnOptions(instance: object, own: OwnCallOptions): void {
  const known = tracked.get(instance);
  if (known) {
    known.own = own;
    return;
  }
  const holder = { own };
  tracked.set(instance, holder);
  const methods = instance as Record<string, unknown>;
  for (const name of METHODS) {
    const original = methods[name];
    if (typeof original === 'function') replace(methods, name, original as Method, holder);
  }
}

function replace(methods: object, key: string, original: Method, holder: { own: OwnCallOptions }): void {
  const call: Method = function (this: unknown, ...args) {
    return withOwnOptions(holder.own, () => Reflect.apply(original, this, args));
  };
  const { name, length } = original;
  Object.defineProperties(call, { name: { value: name }, length: { value: length } });
  Object.defineProperty(methods, key, { value: call, configurable: true, writable: true, enumerable: true });
}
