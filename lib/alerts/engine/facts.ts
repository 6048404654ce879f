import { getCurrentScope, getIsolationScope } from '@sentry/nestjs';
import type { ObservedFailure } from '../../capture/failure-observers.js';
import { applicationOf } from '../../context/applications.js';
import { withoutDatabaseValues } from '../../context/describe-database.js';
import type { Execution } from '../../context/execution.js';
import { databaseFacts, messageOf, nameOf, read, typeNames } from '../../grouping/index.js';
import { guarded } from '../../stats/stats.js';

/** Errors along `cause` and within an `AggregateError` whose messages are compared. */
const MAX_MESSAGES = 10;
/** Positions within a stack frame: they change with each release, and the problem stays the same. */
const POSITION = /:\d+:\d+(?=\)?(?:\n|$))/g;

/** A failure, as rules see it. Everything is read once, and only if a rule or a message needs it. */
export class FailureFacts {
  private known: {
    messages?: readonly string[];
    tags?: Record<string, string>;
    group?: string;
    user?: { id: string | undefined };
  } = {};

  /** Those of the code that fails; a message is written later, elsewhere. */
  private readonly scopes = [getIsolationScope(), getCurrentScope()];

  constructor(
    private readonly observed: ObservedFailure,
    /** Whether its execution has ended. */
    readonly hasEnded: boolean,
  ) {}

  get execution(): Execution {
    return this.observed.candidate.snapshot.execution;
  }

  /** Whether it belongs to a request, a message or a job, rather than to the process or to an event within them. */
  get isOfExecution(): boolean {
    return isCounted(this.execution.kind);
  }

  get domain(): string | undefined {
    const { domain } = this.observed.context.tags;
    return typeof domain === 'string' ? domain : undefined;
  }

  get level(): string {
    return this.observed.context.level;
  }

  /** Name of the request, message or job. */
  get name(): string | undefined {
    return this.observed.context.transaction ?? this.execution.provisionalName;
  }

  get type(): string {
    const { error, event } = this.observed.candidate.facts;
    return nameOf(error) ?? event?.exception?.values?.at(-1)?.type ?? (this.isMessage ? 'Message' : typeof error);
  }

  /** The name of the error, and those of its class and the classes above it. */
  get types(): readonly string[] {
    return [this.type, ...typeNames(this.observed.candidate.facts.error)];
  }

  get isMessage(): boolean {
    return this.observed.candidate.facts.isMessage === true;
  }

  /** The message of the error, or else of the first one inside it that has any; without values of database queries. */
  get message(): string {
    const { error } = this.observed.candidate.facts;
    const [text = ''] = this.messages;
    return guarded('alerts', () => withoutDatabaseValues(error, text, this.execution)) ?? '';
  }

  /** The messages of the error, its causes and its members. */
  get messages(): readonly string[] {
    return (this.known.messages ??= this.readMessages());
  }

  private readMessages(): string[] {
    const { error, event } = this.observed.candidate.facts;
    const found: string[] = [];
    const queue: unknown[] = [error];
    for (const next of queue) {
      if (queue.length > MAX_MESSAGES) break;
      const text = messageOf(next);
      if (text) found.push(text);
      const [cause, members] = [read(next, 'cause'), read(next, 'errors')];
      if (cause !== undefined && !queue.includes(cause)) queue.push(cause);
      if (Array.isArray(members)) queue.push(...(members as unknown[]).slice(0, MAX_MESSAGES));
    }
    const built = event?.exception?.values?.at(-1)?.value ?? event?.message;
    return found.length > 0 || built === undefined ? found : [built];
  }

  /** The tags that its event has. */
  get tags(): Record<string, string> {
    return (this.known.tags ??= this.readTags());
  }

  private readTags(): Record<string, string> {
    const { execution, observed } = this;
    const application = applicationOf(execution);
    const database = guarded('alerts', () => databaseFacts(observed.candidate.facts.error));
    const merged: Record<string, unknown> = {
      ...(database?.system !== undefined && { 'db.system': database.system }),
      ...(database?.code !== undefined && { 'db.code': database.code }),
      ...(execution.kind !== 'process' && { ...application.cls?.(execution), ...application.tags(execution) }),
    };
    for (const scope of this.scopes) Object.assign(merged, scope.getScopeData().tags);
    Object.assign(merged, observed.context.tags);
    const texts: Record<string, string> = {};
    for (const [name, value] of Object.entries(merged)) {
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        texts[name] = String(value);
    }
    return texts;
  }

  /** Its group, the same after a new release. */
  get group(): string {
    return (this.known.group ??= this.observed.group().replace(POSITION, ''));
  }

  /** The affected user, if known. */
  get user(): string | undefined {
    return (this.known.user ??= { id: guarded('alerts', () => this.observed.context.user()) }).id;
  }

  /** The id of its event, if one is sent; known once it was captured. */
  get eventId(): string | undefined {
    return this.observed.candidate.eventId;
  }
}

/** One request, message or job that has ended. */
export interface ExecutionFacts {
  readonly execution: Execution;
  readonly name: string;
  /** Milliseconds. */
  readonly duration: number;
  /** Of the response; undefined if there is none. */
  readonly status?: number;
  /** Whether a failure of it was reported. */
  readonly hasFailed: boolean;
  /** Whether the client has left before the response was complete. */
  readonly isAborted: boolean;
}

/** Parts of other executions. */
const INNER = new Set(['process', 'event', 'command', 'query', 'saga']);

/** Whether executions of this kind are requests, messages or jobs. */
export function isCounted(kind: string): boolean {
  return !INNER.has(kind);
}
