import { describeDomainError } from '../domains/index.js';
import type { Event } from '@sentry/nestjs';
import type { Operation, OperationMarks } from './operation.js';

/** What the operations that led to a failure say of it. */
export interface OperationAttributes {
  /** Tags that any other source of tags wins over. */
  readonly defaults: Record<string, string>;
  readonly tags: Record<string, string>;
  readonly contexts?: Event['contexts'];
  readonly level?: Event['level'];
  readonly fingerprint?: string[];
}

/** What is told by others of the same failure. */
interface Known {
  readonly error: unknown;
  /** Messages have the tags of a domain, but no facts of an error. */
  readonly isException: boolean;
  /** The code that captured it has named a domain itself. */
  readonly hasDomain: boolean;
}

/** Of each fact, that of the innermost operation that says something of it: a domain says all of them. */
export function operationAttributes(chain: readonly Operation[], known: Known): OperationAttributes {
  const tags: Record<string, string> = {};
  for (const { marks } of chain) Object.assign(tags, marks?.tags);
  if (known.hasDomain) return { defaults: {}, tags };
  const owner = innermost(chain, 'domain');
  const domain = owner?.marks?.domain;
  if (domain !== undefined) tags.domain = domain;
  if (!known.isException) return { defaults: {}, tags };
  const described = domain === undefined ? undefined : describeDomainError(domain, known.error, owner?.data);
  return {
    defaults: described?.tags ?? {},
    tags,
    contexts: described?.contexts,
    level: innermost(chain, 'domain', 'level')?.marks?.level ?? described?.level,
    fingerprint: innermost(chain, 'domain', 'fingerprint')?.marks?.fingerprint ?? described?.fingerprint,
  };
}

function innermost(chain: readonly Operation[], ...said: (keyof OperationMarks)[]): Operation | undefined {
  return chain.findLast(({ marks }) => marks && said.some((fact) => marks[fact] !== undefined));
}
