import type { ArgumentsHost } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { clearTimeout, setTimeout } from 'node:timers';
import { ownExecution, type Execution, type Handler } from '../context/execution.js';
import { platformRequest } from '../context/http-execution.js';
import { isDirectResponse } from '../context/response-end.js';
import { keepContext } from '../process-state/context-runner.js';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { isClientAbort } from './client-abort.js';
import { isRefusedStatus } from './error-status.js';
import type { PolicyOf } from './policy.js';
import { originalError } from './original-error.js';
import { reportUnlessExpected } from './report-failure.js';

/** How long a filter may take to respond before the failure is judged without its response, in milliseconds. */
const ANSWER_TIMEOUT = 5_000;

const pending = processWide('pending-http-failures', () => new Map<ServerResponse, HttpFailure>());

/**
 * One failure of an HTTP request. The response of the application shows whether it was expected, so it is judged once
 * the response has its status.
 */
export class HttpFailure {
  private readonly execution: Execution = ownExecution();
  private readonly response: ServerResponse | undefined;
  private readonly wasAnswered: boolean;
  private readonly before: HttpFailure | undefined;
  /** Judges the failure, with the scope of its request. */
  readonly settleInContext: () => void;
  private timer: NodeJS.Timeout | undefined;
  private settled = false;

  constructor(
    readonly error: unknown,
    private readonly host: ArgumentsHost,
    private readonly policyOf: PolicyOf,
    handler: Handler | undefined,
    /** A status that the platform sends for every failure of this kind. */
    private readonly meaningless?: number,
  ) {
    this.execution.kind = 'http';
    const request = host.getArgByIndex<unknown>(0);
    // Fastify middleware receives Node's own request; the application uses the platform's.
    if (request === this.execution.incoming) platformRequest(this.execution);
    else this.execution.request = request;
    this.execution.handler ??= handler;
    this.response = nodeResponse(host.getArgByIndex<unknown>(1));
    this.wasAnswered = this.response?.headersSent ?? false;
    const inside = keepContext('http-failure');
    this.settleInContext = () => {
      inside(() => {
        this.settle();
      });
    };
    // If a filter throws, the same request fails a second time: the later error is reported, and includes the first.
    this.before = this.response && pending.get(this.response);
    this.before?.drop();
    if (this.response) pending.set(this.response, this);
  }

  /** The application's filter has run: its response was sent, or will be. */
  answered(): void {
    const { response } = this;
    if (!response || this.hasAnswer(response) || response.writableEnded || response.destroyed) {
      this.settle();
      return;
    }
    response.once('finish', this.settleInContext);
    response.once('close', this.settleInContext);
    this.timer = setTimeout(this.settleInContext, ANSWER_TIMEOUT).unref();
  }

  settle(): void {
    if (this.settled) return;
    this.drop();
    guarded('http-failure', () => {
      const { host, execution, policyOf } = this;
      // The platform has refused the status of the earlier error, which says more than the refusal.
      const refused = isRefusedStatus(this.error) ? this.before : undefined;
      const [error, before] = refused ? [refused.error] : [this.error, this.before];
      const answer = { status: this.answeredStatus(), aborted: isClientAbort(error, execution) };
      const { handler } = execution;
      reportUnlessExpected({ error, answer, policyOf, handler, host, transport: 'http', before });
    });
  }

  private hasAnswer(response: ServerResponse): boolean {
    return response.headersSent || (isDirectResponse(response) && response.statusCode >= 400);
  }

  private drop(): void {
    this.settled = true;
    clearTimeout(this.timer);
    const { response } = this;
    if (!response) return;
    if (pending.get(response) === this) pending.delete(response);
    response.off('finish', this.settleInContext);
    response.off('close', this.settleInContext);
  }

  /** The status of the response, if it was sent for this failure. */
  private answeredStatus(): number | undefined {
    const { response, wasAnswered, meaningless } = this;
    if (wasAnswered || !response || !this.hasAnswer(response) || response.statusCode < 400) return undefined;
    return response.statusCode === meaningless ? undefined : response.statusCode;
  }

  /** Drops this failure in favour of a later one of the same request, and returns its description for that event. */
  supersede(): Facts {
    this.drop();
    return originalError(this.error).contexts;
  }
}

type Facts = Record<string, Record<string, unknown>>;

/** The failure of this execution that is still waiting for its response. */
export function pendingFailure({ outgoing }: Execution): HttpFailure | undefined {
  return outgoing && pending.get(outgoing);
}

/** Judges the failures that are still waiting for a response, so that they can be sent before the process ends. */
export function settlePendingFailures(): void {
  for (const failure of [...pending.values()]) failure.settleInContext();
}

function nodeResponse(response: unknown): ServerResponse | undefined {
  const candidate = ((response as { raw?: unknown } | undefined)?.raw ?? response) as
    Partial<ServerResponse> | undefined;
  return typeof candidate?.once === 'function' ? (candidate as ServerResponse) : undefined;
}
