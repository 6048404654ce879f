import type { SeverityLevel } from '@sentry/nestjs';
import { processWide } from '../process-state/process-wide.js';
import { BUILT_IN } from './built-in.js';

/** What an error says of itself, by its shape; undefined where it is of no kind that is known. */
export type FactReader = (error: unknown) => Record<string, unknown> | undefined;

/** How the errors of one domain are reported. */
export interface DomainRule {
  /** Properties of the data that become tags. */
  readonly properties: readonly string[];
  /** Tags that all errors get. */
  readonly fixedTags: Readonly<Record<string, string>>;
  readonly level: SeverityLevel;
  readonly critical: boolean;
  /** What comes after the domain in the fingerprint; default type and code. */
  readonly fingerprint?: readonly string[] | ((error: unknown, data: object) => readonly string[]);
  readonly facts?: FactReader;
}

/** What holds for a name that nobody has defined. */
const UNDEFINED: DomainRule = { properties: ['code'], fixedTags: {}, level: 'error', critical: false };

const rules = processWide('domains', () => new Map<string, DomainRule>());

export function ruleOf(domain: string): DomainRule {
  return definedRule(domain) ?? UNDEFINED;
}

export function definedRule(domain: string): DomainRule | undefined {
  return (Object.hasOwn(BUILT_IN, domain) ? BUILT_IN[domain] : undefined) ?? rules.get(domain);
}

export function addRule(domain: string, rule: DomainRule): void {
  rules.set(domain, rule);
}
