import { getCurrentScope, getIsolationScope } from '@sentry/nestjs';
import { applicationOf } from '../../context/application.js';
import { chainOf } from '../../context/chain.js';
import { currentExecution } from '../../context/execution.js';
import { transactionName } from '../../context/http-execution.js';
import type { OperationMarks } from '../../context/operation.js';
import { currentPlace } from '../../context/place.js';
import { guarded } from '../../ledger/ledger.js';
import type { Occurrence } from './occurrence.js';

/** What an event would say of where it happened, as far as its group and its level depend on it. */
export interface Surroundings {
  transaction?: string;
  handler?: string;
  /** The innermost tracked operation that was unfinished. */
  operation?: string;
  level: string;
  tags: Record<string, unknown>;
  /** A fingerprint that the application gave. */
  fingerprint?: string[];
  /** Whom it concerned, where that is known; asked only for what is left out. */
  user(): string | undefined;
}

/** Reads from the running execution what the event would be described with, and nothing beyond. */
export function surroundingsOf({ error, isMessage, event, context }: Occurrence): Surroundings {
  const execution = currentExecution();
  const place = currentPlace();
  const handler = place?.handler ?? execution.handler;
  const chain = chainOf(execution, error);
  const marks = chain.findLast(({ marks: own }) => own?.domain ?? own?.fingerprint ?? own?.level)?.marks;
  const inner = getCurrentScope().getScopeData();
  const outer = getIsolationScope().getScopeData();
  return {
    transaction:
      execution.kind === 'process'
        ? inner.transactionName
        : (place?.name ?? execution.name ?? transactionName(execution)),
    handler: handler && `${handler.controller}.${handler.method}`,
    operation: chain.at(-1)?.name,
    level:
      (isMessage ? undefined : marks?.level) ??
      context?.level ??
      event?.level ??
      inner.level ??
      outer.level ??
      (isMessage ? 'info' : 'error'),
    tags: {
      ...(handler && { handler: `${handler.controller}.${handler.method}` }),
      ...marks?.tags,
      ...(marks?.domain && { domain: marks.domain }),
      ...event?.tags,
      ...context?.tags,
    },
    fingerprint:
      given([
        ...(event?.fingerprint ?? []),
        ...outer.fingerprint,
        ...(given(context?.fingerprint) ?? inner.fingerprint),
      ]) ?? markedGroup(marks, error),
    user: () => {
      const named = context?.user ?? event?.user ?? { ...outer.user, ...inner.user };
      const resolved =
        execution.kind === 'process' || execution.userWasSet ? undefined : applicationOf(execution).user(execution);
      return userKey(named) ?? userKey(resolved ?? {});
    },
  };
}

function given(fingerprint: string[] | undefined): string[] | undefined {
  return fingerprint?.length ? fingerprint : undefined;
}

function markedGroup(marks: OperationMarks | undefined, error: unknown): string[] | undefined {
  if (!marks?.domain) return marks?.fingerprint;
  const type = guarded('quota', () => (error as { name?: unknown } | null | undefined)?.name);
  return marks.fingerprint ?? [marks.domain, typeof type === 'string' ? type : '{{ default }}'];
}

function userKey(user: object): string | undefined {
  const { id, email, username, ip_address: address } = user as Record<string, unknown>;
  const key = id ?? email ?? username ?? address;
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
}
