import type { SeverityLevel } from '@sentry/nestjs';
import { firstEntries } from '../bounds/index.js';
import { requireSynchronous } from '../stats/require-synchronous.js';
import { guarded } from '../stats/stats.js';
import { withoutCardData } from './card-data.js';
import { type DomainRule } from './domain-rule.js';
import { ruleOf } from './domain-registry.js';
import { describeRecipients } from './recipients.js';
import { codeOf, typeOf } from './type-and-code.js';

/** The part of an event that depends on the domain of its error. */
export interface DomainDescription {
  level: SeverityLevel;
  tags: Record<string, string>;
  contexts: Record<string, Record<string, unknown>>;
  fingerprint: string[];
}

/** Tags, context, level and fingerprint of an error of this domain. `data` wins over facts read from the error. */
export function describeDomainError(domain: string, error: unknown, data?: object): DomainDescription {
  const rule = ruleOf(domain);
  const facts = guarded('domain-facts', () => rule.facts?.(error));
  const known = withoutCardData({ ...definedOnly(facts), ...definedOnly(data) });
  for (const property of rule.recipients ?? []) {
    if (known[property] !== undefined) known[property] = describeRecipients(known[property]).recipient;
  }
  const code = codeOf(error, known);
  if (code !== undefined) known.code ??= code;
  return {
    level: rule.level,
    tags: tagsOf(domain, rule, known),
    contexts: Object.keys(known).length > 0 ? { [domain]: known } : {},
    fingerprint: fingerprintOf(domain, rule, error, known),
  };
}

function tagsOf(
  domain: string,
  { properties, fixedTags, critical }: DomainRule,
  data: Record<string, unknown>,
): Record<string, string> {
  const tags: Record<string, string> = { ...fixedTags, domain };
  if (critical) tags.critical = 'true';
  for (const property of properties) {
    const value = data[property];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      tags[`${domain}.${property}`] = String(value);
    }
  }
  return tags;
}

function fingerprintOf(domain: string, { fingerprint }: DomainRule, error: unknown, data: object): string[] {
  const parts =
    typeof fingerprint === 'function'
      ? guarded('domain-fingerprint', () => requireSynchronous(fingerprint(error, data)).map(String))
      : fingerprint;
  const rest = parts ?? [typeOf(error), codeOf(error, data)].filter((part) => part !== undefined);
  return rest[0] === domain ? [...rest] : [domain, ...rest];
}

function definedOnly(data: object | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data ? firstEntries(data) : {}).filter(([, value]) => value !== undefined));
}
