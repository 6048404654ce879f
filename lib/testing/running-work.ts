import { getIsolationScope, spanToJSON, type NodeClient, type Scope, type Span } from '@sentry/nestjs';
import type { ServerResponse } from 'node:http';
import timers from 'node:timers';
import { spanAttributes } from '../client/span-attributes.js';
import { executionOf } from '../context/execution.js';

// As they are now: a test may replace them.
const { clearTimeout, setTimeout } = timers;

/** A span or a request that has not ended: what runs inside may still fail. */
interface Work {
  readonly name: () => string;
  readonly scope: Scope;
}

/** What runs in the application, as far as its spans and requests tell. */
class RunningWork {
  /** Changes whenever something begins or ends. */
  changes = 0;
  private readonly running = new Map<object, Work>();
  private readonly whenIdle = new Set<() => void>();

  follow(client: NodeClient): void {
    client.on('spanStart', (span: Span) => {
      if (!isRequestOfTest(span)) this.begin(span, () => nameOf(span));
    });
    client.on('spanEnd', (span: Span) => {
      this.end(span);
    });
    client.on('httpServerRequest', (request, response) => {
      const { method = 'GET', url = '/' } = request as { method?: string; url?: string };
      const outgoing = response as ServerResponse;
      this.begin(outgoing, () => `${method} ${url}`);
      outgoing.once('close', () => {
        this.end(outgoing);
      });
    });
  }

  /**
   * Waits until nothing runs. What still runs when the time is up is not awaited again: a stream or a request that hangs
   * does not end by itself.
   *
   * @param timeout - milliseconds
   * @returns the names of what was still running
   */
  async idle(timeout: number): Promise<string[]> {
    if (this.isIdle()) return [];
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeout);
      this.whenIdle.add(resolve);
    });
    clearTimeout(timer);
    this.whenIdle.clear();
    if (this.isIdle()) return [];
    const names = this.awaited.map(({ name }) => name());
    this.running.clear();
    return names;
  }

  private isIdle(): boolean {
    return this.awaited.length === 0;
  }

  /** A stream of events lasts until its client closes it. */
  private get awaited(): Work[] {
    return [...this.running.values()].filter(({ scope }) => !executionOf(scope).isEventStream);
  }

  private begin(key: object, name: () => string): void {
    this.changes++;
    this.running.set(key, { name, scope: getIsolationScope() });
  }

  private end(key: object): void {
    this.changes++;
    this.running.delete(key);
    if (this.whenIdle.size > 0 && this.isIdle()) for (const resolve of this.whenIdle) resolve();
  }
}

/** Sentry 11 records requests outside of every trace, such as those with which a test calls the application. */
function isRequestOfTest(span: Span): boolean {
  return spanAttributes(span)['sentry.op'] === 'http.client' && spanToJSON(span).parent_span_id === undefined;
}

function nameOf(span: Span): string {
  const { description, name = description } = spanToJSON(span) as { description?: string; name?: string };
  return name ?? 'a span';
}

export const runningWork = new RunningWork();
