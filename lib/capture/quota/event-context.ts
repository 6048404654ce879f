import { getCurrentScope, getIsolationScope } from '@sentry/nestjs';
import { applicationOf } from '../../context/applications.js';
import { handlerName } from '../../context/handler.js';
import { transactionName } from '../../context/http-execution.js';
import { operationAttributes } from '../../context/operation-attributes.js';
import type { CaptureCandidate } from '../capture-candidate.js';

/** The parts of the context of an event that determine its group and its level. */
export interface EventContext {
  transaction?: string;
  handler?: string;
  /** The innermost tracked operation that was unfinished. */
  operation?: string;
  level: string;
  tags: Record<string, unknown>;
  /** A fingerprint set by the application. */
  fingerprint?: string[];
  /** The affected user, if known; called only for suppressed events. */
  user(): string | undefined;
}

/** Reads only the required parts of the current execution. */
export function eventContextOf({ facts, snapshot }: CaptureCandidate): EventContext {
  const { error, isMessage, event, context } = facts;
  const { execution, chain, handlerContext } = snapshot;
  const handler = handlerContext?.handler ?? execution.handler;
  const attributes = operationAttributes(chain, {
    error,
    isException: !isMessage,
    hasDomain: (context?.tags ?? event?.tags)?.domain !== undefined,
  });
  const inner = getCurrentScope().getScopeData();
  const outer = getIsolationScope().getScopeData();
  return {
    transaction:
      execution.kind === 'process'
        ? inner.transactionName
        : (handlerContext?.name ?? execution.name ?? transactionName(execution)),
    handler: handler && handlerName(handler),
    operation: chain.at(-1)?.name,
    level:
      context?.level ??
      attributes.level ??
      event?.level ??
      inner.level ??
      outer.level ??
      (isMessage ? 'info' : 'error'),
    tags: {
      ...(handler && { handler: handlerName(handler) }),
      ...attributes.defaults,
      ...event?.tags,
      ...attributes.tags,
      ...context?.tags,
    },
    fingerprint:
      given([
        ...(event?.fingerprint ?? []),
        ...outer.fingerprint,
        ...(given(context?.fingerprint) ?? inner.fingerprint),
      ]) ?? attributes.fingerprint,
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

function userKey(user: object): string | undefined {
  const { id, email, username, ip_address: address } = user as Record<string, unknown>;
  const key = id ?? email ?? username ?? address;
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
}
