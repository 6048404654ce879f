import { ConfigurationError } from '../options/configuration-error.js';
import type { Domain, DomainData, DomainName, DomainOptions } from '../options/domain-options.js';
import * as schema from '../options/schema.js';
import { type DomainRule } from './domain-rule.js';
import { addRule, definedRule } from './domain-registry.js';

/** Contexts set by Sentry and this library: the data of a domain with this name would replace them. */
const RESERVED = new Set(
  'trace runtime os device app browser culture cloud_resource gpu monitor profile replay response state otel operation payload budget query request'.split(
    ' ',
  ),
);
const NAME = /^[A-Za-z][\w-]{0,31}$/;

const shape = schema.shape({
  tags: schema.either(
    'an array of property names, or an object of tags',
    "use for example ['carrier', 'country'], or { team: 'logistics' }",
    schema.arrayOf(schema.text, 'property names'),
    schema.check('', '', (value) => isTags(value)),
  ),
  level: schema.oneOf('fatal', 'error', 'warning', 'log', 'info', 'debug'),
  critical: schema.boolean,
  fingerprint: schema.either(
    'an array of strings, or a function of error and data that returns one',
    "use for example (error, data) => ['label', data.carrier]",
    schema.arrayOf(schema.text, 'strings'),
    schema.callable,
  ),
});

/**
 * Defines a custom domain. Its errors get the tag `domain`, their data as a context with the domain's name, and their own
 * groups:
 *
 * ```ts
 * export const shipping = defineDomain<{ carrier: string }>('shipping', { tags: ['carrier'], critical: true });
 *
 * tracker.captureDomainError(shipping, error, { carrier: 'acme' });
 *
 * export class Labels {
 *   @TrackOperation('labels.print', { domain: shipping, data: (parcel: Parcel) => ({ carrier: parcel.carrier }) })
 *   print(parcel: Parcel): void {
 *     printer.print(parcel.label);
 *   }
 * }
 * ```
 *
 * Defining a domain again with the same options has no effect.
 *
 * @param name - letters, digits, `_` and `-`, at most 32
 * @throws ConfigurationError - if the name is reserved or already defined differently, or an option has a wrong value
 */
export function defineDomain<D extends DomainName>(
  name: D,
  options?: DomainOptions<DomainData<D>>,
): Domain<DomainData<D>>;
export function defineDomain<Data extends object>(name: string, options?: DomainOptions<Data>): Domain<Data>;
export function defineDomain(name: string, options: DomainOptions<Record<string, unknown>> = {}): Domain {
  checkName(name);
  const path = `defineDomain('${name}')`;
  shape(options, path);
  const rule = compile(options);
  const known = definedRule(name);
  if (known && serialize(known) !== serialize(rule)) {
    throw new ConfigurationError({
      path,
      received: name,
      expected: 'a name that is not a built-in domain and not defined with other options',
      fix: 'use another name, or define the domain in one place and import it from there',
    });
  }
  if (!known) addRule(name, rule);
  return Object.freeze({ name });
}

function checkName(name: unknown): asserts name is string {
  if (typeof name === 'string' && NAME.test(name) && !RESERVED.has(name)) return;
  throw new ConfigurationError({
    path: 'defineDomain',
    received: name,
    expected: 'a name of at most 32 letters, digits, _ and -, other than contexts of Sentry such as trace or device',
    fix: "use a name such as defineDomain('shipping')",
  });
}

function compile({ tags, level, critical = false, fingerprint }: DomainOptions<Record<string, unknown>>): DomainRule {
  const properties = Array.isArray(tags) ? (tags as string[]) : undefined;
  const fixed = properties ? {} : (tags ?? {});
  return {
    properties: properties ?? ['code'],
    fixedTags: Object.fromEntries(Object.entries(fixed).map(([key, value]) => [key, String(value)])),
    level: level ?? (critical ? 'fatal' : 'error'),
    critical,
    fingerprint: fingerprint,
  };
}

function isTags(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((entry) => ['string', 'number', 'boolean'].includes(typeof entry));
}

/** For comparison: a module loaded twice, as CommonJS and as ES module, defines its domains twice with equal options. */
function serialize(rule: DomainRule): string {
  return JSON.stringify(rule, (_key, value: unknown) => (typeof value === 'function' ? String(value) : value));
}
