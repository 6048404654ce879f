import { describeDomainError } from '../domains/index.js';
import type { Event } from '@sentry/nestjs';
import type { Operation, ErrorAttributes } from './operation.js';

/** The event attributes that the operations which led to a failure define for it. */
export interface OperationAttributes {
  /** Tags with the lowest precedence. */
  readonly defaults: Record<string, string>;
  readonly tags: Record<string, string>;
  readonly contexts?: Event['contexts'];
  readonly level?: Event['level'];
  readonly fingerprint?: string[];
}

/** What other sources specify for the same failure. */
interface FailureFacts {
  readonly error: unknown;
  /** Messages get the tags of a domain, but no details of an error. */
  readonly isException: boolean;
  /** The capturing code has specified a domain itself. */
  readonly hasDomain: boolean;
}

/** For each attribute, the innermost operation that defines it takes precedence; a domain defines all of them. */
export function operationAttributes(chain: readonly Operation[], failure: FailureFacts): OperationAttributes {
  const tags: Record<string, string> = {};
  for (const { errorAttributes: marks } of chain) Object.assign(tags, marks?.tags);
  if (failure.hasDomain) return { defaults: {}, tags };
  const owner = innermost(chain, 'domain');
  const domain = owner?.errorAttributes?.domain;
  if (domain !== undefined) tags.domain = domain;
  if (!failure.isException) return { defaults: {}, tags };
  const described = domain === undefined ? undefined : describeDomainError(domain, failure.error, owner?.data);
  return {
    defaults: described?.tags ?? {},
    tags,
    contexts: described?.contexts,
    level: innermost(chain, 'domain', 'level')?.errorAttributes?.level ?? described?.level,
    fingerprint: innermost(chain, 'domain', 'fingerprint')?.errorAttributes?.fingerprint ?? described?.fingerprint,
  };
}

function innermost(chain: readonly Operation[], ...keys: (keyof ErrorAttributes)[]): Operation | undefined {
  return chain.findLast(({ errorAttributes }) => keys.some((key) => errorAttributes?.[key] !== undefined));
}
