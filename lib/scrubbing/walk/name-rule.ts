import type { ContainerKind } from '../fields/field-context.js';
import type { KeyFacts } from '../names/key-facts.js';

/** The rule that removes the value of an entry because of its name, in this kind of container. */
export function ruleOfName(facts: KeyFacts, container: ContainerKind | undefined): string | undefined {
  if (container === 'cookies') return facts.cookieRule;
  if (container === 'headers') return facts.headerRule;
  return container === 'tags' ? facts.tagRule : facts.rule;
}
