import { AlertEngine } from '../../lib/alerts/engine/alert-engine';
import { compileRule } from '../../lib/alerts/engine/compiled-rule';
import { MemoryStore } from '../../lib/alerts/store/memory-store';
import type { AlertNotification, AlertRule, AlertStore } from '../../lib/options/alert-options';

interface Requested {
  fails?: boolean;
  /** Default: an error. */
  failure?: Failing;
  status?: number;
  duration?: number;
  name?: string;
  kind?: string;
  /** If it is a job. */
  job?: { queue?: string; name: string };
  /** Of its execution. */
  failed?: string;
}
interface Failing {
  message?: string;
  name?: string;
  user?: string;
  level?: string;
  tags?: Record<string, string>;
  route?: string;
  execution?: object;
  kind?: string;
}

/** An engine whose time passes only when a test says so. */
export class ClockedEngine {
  now = Date.UTC(2026, 0, 1);
  readonly sent: { to: readonly string[]; notification: AlertNotification }[] = [];
  readonly engine: AlertEngine;

  constructor(rules: AlertRule[], store?: AlertStore) {
    this.engine = new AlertEngine({
      rules: rules.map((rule) => compileRule(rule, 'rule', ['all'], 'test')),
      store: store ?? new MemoryStore(undefined, () => this.now),
      organizationUrl: undefined,
      now: () => this.now,
      inProcess: (run) => run(),
      send: (to, notification) => this.sent.push({ to, notification }),
    });
  }

  /** Lets time pass and judges, in steps, as the timers of the engine would. */
  async pass(milliseconds: number, step = 1_000): Promise<void> {
    await this.engine.settle();
    for (let left = milliseconds; left > 0; left -= step) {
      this.now += Math.min(step, left);
      await this.engine.settle();
    }
  }

  fail({ message = 'boom', name = 'Error', user, level = 'error', tags = {}, route, execution, kind }: Failing = {}) {
    const error = Object.assign(new Error(message), { name });
    const own = execution ?? { kind: kind ?? 'http', name: route ?? 'GET /orders/:id' };
    this.engine.failure({
      candidate: { facts: { error, handled: false }, snapshot: { execution: own, chain: [] } },
      context: { level, tags, transaction: route ?? 'GET /orders/:id', user: () => user },
      group: () => `${name}\n${message}`,
    } as never);
  }

  fails(count: number, failing: Failing = {}): void {
    for (let at = 0; at < count; at++) this.fail(failing);
  }

  /** A request that ends, and fails or not. */
  request({ fails = false, failure, status = 0, duration = 10, ...given }: Requested = {}) {
    const { name = 'GET /orders/:id', kind = 'http', job, failed } = given;
    const execution = { kind, name, job, failed };
    const hasFailed = fails || failure !== undefined;
    if (hasFailed) this.fail({ ...failure, execution, route: name });
    this.engine.execution(execution as never, () => ({
      ...{ name, duration, isAborted: false },
      ...(!job && { status: status || (hasFailed ? 500 : 200) }),
    }));
  }

  failedJob(job: { queue?: string; name: string }, { message = 'boom' }: Failing = {}): void {
    this.engine.failedJob({
      candidate: { facts: { error: new Error(message), handled: false }, snapshot: { execution: { job }, chain: [] } },
      context: { level: 'error', tags: {}, user: () => undefined },
      group: () => message,
    } as never);
  }

  get said(): string[] {
    return this.sent.map(({ notification: { kind, count } }) => `${kind} ${count}`);
  }

  get kinds(): string[] {
    return this.sent.map(({ notification }) => notification.kind);
  }

  stop(): void {
    this.engine.stop();
  }
}
