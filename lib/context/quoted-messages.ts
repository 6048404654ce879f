import { getIsolationScope, type Event, type NodeClient } from '@sentry/nestjs';
import { types } from 'node:util';
import { databaseMessage, messageOf, nameOf, readCode, readText } from '../grouping/index.js';
import { guarded } from '../stats/stats.js';
import { holdsQuery, withoutErrorValues } from './error-values.js';
import { executionOf, type Execution } from './execution.js';
import { failedMessagesOf, type FailedMessage } from './failed-messages.js';

const MAX_VALUES = 5_000;
const MAX_DEPTH = 6;

/**
 * Removes values where the application, or a library, quotes the message of a failed query or delivery: in its own errors,
 * log lines and data.
 */
export function removeQuotedValues(event: Event, execution: Execution): void {
  const quoted = QuotedMessages.of(execution);
  if (!quoted) return;
  for (const exception of event.exception?.values ?? []) {
    if (exception.value !== undefined) exception.value = quoted.removed(exception.value);
  }
  if (event.message !== undefined) event.message = quoted.removed(event.message);
  event.breadcrumbs = event.breadcrumbs && quoted.copy(event.breadcrumbs);
  event.extra = event.extra && quoted.copy(event.extra);
}

/** Called once event processors have run, which add contexts: libraries keep the message in properties of their errors. */
export function removeFromContexts(event: Event, execution: Execution): void {
  const quoted = event.contexts && QuotedMessages.of(execution);
  if (quoted) event.contexts = quoted.copy(event.contexts);
}

/** A text without the values in the messages that it quotes. */
export function withoutQuotedValues(text: string, execution: Execution): string {
  return QuotedMessages.of(execution)?.removed(text) ?? text;
}

/** The breadcrumbs of a transaction: unlike events, it has no execution of its own. */
export function removeValuesOfTransaction(event: Event): void {
  const scope = event.sdkProcessingMetadata?.capturedSpanIsolationScope;
  const quoted = QuotedMessages.of(executionOf(scope ?? getIsolationScope()));
  event.breadcrumbs = event.breadcrumbs && (quoted?.copy(event.breadcrumbs) ?? event.breadcrumbs);
}

/** Sentry logs, whichever integration sends them. */
export function removeValuesOfLogs(client: NodeClient): void {
  client.on('beforeCaptureLog', (log) => {
    guarded('quoted-messages', () => {
      const quoted = QuotedMessages.of(executionOf(getIsolationScope()));
      if (!quoted) return;
      log.message = quoted.copy(log.message);
      log.attributes = log.attributes && quoted.copy(log.attributes);
    });
  });
}

class QuotedMessages {
  private left = MAX_VALUES;

  private constructor(
    private readonly failed: readonly FailedMessage[],
    private readonly cleanDetails: ReadonlyArray<(text: string) => string>,
  ) {}

  /** Undefined if nothing has failed. */
  static of(execution: Execution): QuotedMessages | undefined {
    const failed = failedMessagesOf(execution);
    if (failed.length === 0) return undefined;
    const cleanDetails = failed.flatMap((each) => each.cleanDetails ?? []);
    return new QuotedMessages(
      failed.filter(({ message }) => message !== ''),
      [...new Set(cleanDetails)],
    );
  }

  removed(text: string): string {
    let rest = text;
    for (const { message, clean, remove } of this.failed) {
      rest = remove ? remove(rest, clean()) : rest.replaceAll(message, () => clean());
    }
    return this.cleanDetails.reduce((before, clean) => clean(before), rest);
  }

  /** Shares what does not change: breadcrumbs belong to a scope as well. */
  copy<T>(value: T, depth = 0): T {
    if (typeof value === 'string') return this.removed(value) as T;
    if (typeof value !== 'object' || value === null || types.isProxy(value)) return value;
    if (depth > MAX_DEPTH || this.left <= 0) return value;
    if (types.isNativeError(value)) return this.copyError(value) as T;
    if (!Array.isArray(value) && !isPlain(value)) return value;
    return this.copyObject(
      holdsQuery(value) ? (withoutErrorValues(value, value, undefined) as T & object) : value,
      depth,
    );
  }

  private copyObject<T extends object>(value: T, depth: number): T {
    let copy: Record<string, unknown> | undefined;
    for (const key in value) {
      if (this.left-- <= 0) break;
      const before: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
      const after = this.copy(before, depth + 1);
      if (after === before) continue;
      copy ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
      copy[key] = after;
    }
    return (copy as T | undefined) ?? value;
  }

  /** An error that quotes a message may keep the values in its other properties, too. */
  private copyError(error: Error): object {
    const message = messageOf(error);
    const isOfDatabase = holdsQuery(error);
    const clean = this.removed(isOfDatabase ? databaseMessage(error, message) : message);
    if (clean === message && !isOfDatabase) return error;
    const stack = this.removed(readText(error, 'stack') ?? '');
    return { name: nameOf(error), message: clean, stack, code: readCode(error) };
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
