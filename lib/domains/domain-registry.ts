import { processWide } from '../process-state/process-wide.js';
import { BUILT_IN } from './built-in.js';
import type { DomainRule } from './domain-rule.js';

/** The rule of an undefined domain. */
export const UNDEFINED: DomainRule = { properties: ['code'], fixedTags: {}, level: 'error', critical: false };

export const rules = processWide('domains', () => new Map<string, DomainRule>());

export function ruleOf(domain: string): DomainRule {
  return definedRule(domain) ?? UNDEFINED;
}

export function definedRule(domain: string): DomainRule | undefined {
  return (Object.hasOwn(BUILT_IN, domain) ? BUILT_IN[domain] : undefined) ?? rules.get(domain);
}

export function addRule(domain: string, rule: DomainRule): void {
  rules.set(domain, rule);
}
