import { ConfigurationError } from '../options/configuration-error.js';
import type { Domain, DomainData, DomainName, DomainOptions } from '../options/domain-options.js';
import * as schema from '../options/schema.js';
import { type DomainRule } from './domain-rule.js';
import { addRule, definedRule } from './domain-registry.js';

/** Contexts that Sentry and this library fill: the data of a domain would take their place. */
const RESERVED = new Set(
  'trace runtime os device app browser culture cloud_resource gpu monitor profile replay response state otel operation payload budget query'.split(
    ' ',
  ),
);
const NAME = /^[A-Za-z][\w-]{0,31}$/;

const shape = schema.shape({
  tags: schema.either(
    'names of properties of the data, or an object of tags',
    "write for example ['carrier', 'country'], or { team: 'logistics' }",
    schema.arrayOf(schema.text, 'names of properties'),
    schema.check('', '', (value) => isTags(value)),
  ),
  level: schema.oneOf('fatal', 'error', 'warning', 'log', 'info', 'debug'),
  critical: schema.boolean,
  fingerprint: schema.either(
    'a list of texts, or a function of error and data that gives one',
    "write for example (error, data) => ['label', data.carrier]",
    schema.arrayOf(schema.text, 'texts'),
    schema.callable,
  ),
});

/**
 * Defines a domain of the application's own. Its errors carry the tag `domain`, their data in the context of its name,
 * and form groups of their own:
 *
 * ```ts
 * export const shipping = defineDomain<ShippingData>('shipping', { tags: ['carrier'], critical: true });
 *
 * tracker.captureDomainError(shipping, error, { carrier: 'acme' });
 * @TrackOperation('label.print', { domain: shipping, data: (parcel: Parcel) => ({ carrier: parcel.carrier }) })
 * ```
 *
 * Defining it again in the same words changes nothing.
 *
 * @param name - letters, digits, `_` and `-`, 32 at most
 * @throws ConfigurationError - where the name is taken, or an option cannot be used
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
      expected: 'a name that is not defined in other words yet, and none of the built-in domains',
      fix: 'choose another name, or define it in one place and import it from there',
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
    expected: 'a name of letters, digits, _ and -, 32 at most, that is no context of Sentry such as trace or device',
    fix: "name the domain, for example defineDomain('shipping')",
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

/** A module that is loaded twice, as by its CommonJS and its ES copy, defines its domains twice in the same words. */
function serialize(rule: DomainRule): string {
  return JSON.stringify(rule, (_key, value: unknown) => (typeof value === 'function' ? String(value) : value));
}
