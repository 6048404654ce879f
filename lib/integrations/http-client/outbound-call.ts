import {
  getCurrentScope,
  getIsolationScope,
  withIsolationScope,
  withScope,
  type Breadcrumb,
  type Scope,
  type SeverityLevel,
} from '@sentry/nestjs';
import { noteBreadcrumb } from '../../breadcrumbs/journal.js';
import { REPLACEMENT } from '../../breadcrumbs/replaced-requests.js';
import { reportSlow, rounded } from '../../capture/report-slow.js';
import { currentOperation, type Operation } from '../../context/operation.js';
import { executionOf } from '../../context/execution.js';
import { noteEnd, noteStart, type Unfinished } from '../../context/unfinished.js';
import { read, readNumber, type OutboundFacts } from '../../grouping/index.js';
import type { CallTarget } from './call-target.js';
import { noteFailedCall, type FailedCall } from './failed-calls.js';
import type { HttpClientSettings } from './http-client-options.js';

/** One call to another service, in the scope of the code that makes it: its response arrives in any other. */
export class RunningCall implements FailedCall, Unfinished {
  readonly what = 'calls';
  readonly service: string;
  readonly endpoint: string;
  private readonly isolation: Scope = getIsolationScope();
  private readonly scope: Scope = getCurrentScope();
  private readonly operation: Operation | undefined = currentOperation();
  private readonly startedAt = performance.now();
  private duration?: number;
  private status?: number;
  /** Of a failed call of undici: names and values in turn. */
  private responseHeaders?: readonly unknown[];

  constructor(
    private readonly request: object,
    private readonly target: CallTarget,
    private readonly settings: HttpClientSettings,
  ) {
    this.service = settings.serviceAt(target.host);
    this.endpoint = `${target.method} ${target.path}`;
    noteStart(executionOf(this.isolation), this);
  }

  get responseTime(): number {
    return this.duration ?? rounded(performance.now() - this.startedAt);
  }

  /** Of undici; other clients keep them in their errors. */
  get requestHeaders(): unknown {
    return (this.request as { headers?: unknown }).headers;
  }

  responded(status: number | undefined, response: object): void {
    const duration = this.end();
    if (duration === undefined) return;
    this.note({ status_code: status, duration }, levelOf(status), response);
    this.status = status;
    if (levelOf(status)) {
      const { headers } = response as { headers?: unknown };
      if (Array.isArray(headers)) this.responseHeaders = headers;
      noteFailedCall(executionOf(this.isolation), this);
    }
    if (duration > this.settings.slowerThan) this.warn(duration);
  }

  /** Nothing happens if a response has arrived: then its body has failed, and the client says so. */
  failed(error: unknown): void {
    const duration = this.end();
    if (duration !== undefined) this.note({ duration, error: codeOf(error) }, 'error');
  }

  isFor({ service, endpoint, status }: OutboundFacts): boolean {
    return service === this.target.host && endpoint === this.endpoint && status === this.status;
  }

  /** Calls at the same time may have the same status, so headers such as `date` and `etag` decide. */
  hasResponse(response: object): boolean {
    const { responseHeaders: pairs = [] } = this;
    const headers = read(response, 'headers');
    return (
      readNumber(response, 'statusCode') === this.status &&
      pairs.every((name, at) => at % 2 === 1 || isHeader(headers, String(name), pairs[at + 1]))
    );
  }

  /** @returns undefined if it had ended before */
  private end(): number | undefined {
    if (this.duration !== undefined) return undefined;
    noteEnd(executionOf(this.isolation), this);
    return (this.duration = rounded(performance.now() - this.startedAt));
  }

  summary(): string {
    const { method, host, path } = this.target;
    return `${method} ${host}${path}, for ${this.responseTime} ms`;
  }

  private note(outcome: Breadcrumb['data'], level: SeverityLevel | undefined, response?: object): void {
    const { method, host, path } = this.target;
    const data = { method, host, path, ...outcome };
    const hint = { event: 'response', request: this.request, response, [REPLACEMENT]: true };
    noteBreadcrumb({ category: 'http', type: 'http', level, data }, this.isolation, hint);
  }

  private warn(duration: number): void {
    const { service, endpoint, settings } = this;
    const work = { name: `${service} ${endpoint}`, what: 'service', duration, threshold: settings.slowerThan } as const;
    withIsolationScope(this.isolation, () =>
      withScope(this.scope, () => reportSlow({ ...work, tags: { service } }, this.operation)),
    );
  }
}

/** A header that is sent several times is a list. */
function isHeader(headers: unknown, name: string, value: unknown): boolean {
  const known = read(headers, name.toLowerCase());
  return typeof known !== 'string' || known === String(value);
}

/** As the SDK's own breadcrumbs. */
function levelOf(status = 0): SeverityLevel | undefined {
  return status >= 500 ? 'error' : status >= 400 ? 'warning' : undefined;
}

function codeOf(error: unknown): string | undefined {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  const known = typeof code === 'string' ? code : name;
  return typeof known === 'string' ? known.slice(0, 100) : undefined;
}
