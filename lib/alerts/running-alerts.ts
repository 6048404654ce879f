import { getIsolationScope, suppressTracing } from '@sentry/nestjs';
import { clearTimeout, setTimeout } from 'node:timers';
import { trackedApplication } from '../capture/application-registry.js';
import { observeCheckIns } from '../capture/check-ins.js';
import { observeFailures, type ObservedFailure } from '../capture/failure-observers.js';
import { clientState, isActive } from '../client/state.js';
import { applicationOf } from '../context/applications.js';
import type { ApplicationContext, Execution } from '../context/execution.js';
import { runInProcessScope } from '../context/scopes.js';
import type { AlertNotification, AlertSeverity } from '../options/alert-options.js';
import { isInboxDsn } from '../options/dsn.js';
import { keepContext, type ContextRunner } from '../process-state/context-runner.js';
import { processWide } from '../process-state/process-wide.js';
import { guarded } from '../stats/stats.js';
import { showStatus, type AlertStatus } from './alert-status.js';
import { ChannelQueue } from './channels/channel-queue.js';
import { inboxChannel } from './channels/inbox.js';
import { AlertEngine } from './engine/alert-engine.js';
import { scrubbed } from './engine/alert-text.js';
import { compileRule } from './engine/compiled-rule.js';
import { describeExecution } from './engine/describe-execution.js';
import { BY_HAND, singleNotification } from './engine/notifications.js';
import { monitorOf } from './engine/monitor-check-in.js';
import { unknownChannel, type ResolvedAlerts } from './resolve-alerts.js';

/**
 * A notification that is sent by hand.
 *
 * @example
 * ```ts
 * import { type Alerts } from 'nestjs-error-tracker/alerts';
 *
 * export const warn = (alerts: Alerts, shelf: string): Promise<void> =>
 *   alerts.notify('team', { title: 'Stock is low', severity: 'warning', tags: { shelf } });
 * ```
 */
export interface AlertMessage {
  title: string;
  message?: string | undefined;
  /** Default: `info`. */
  severity?: AlertSeverity | undefined;
  tags?: Record<string, string> | undefined;
  url?: string | undefined;
}

/**
 * The scopes in which channels send: what they report raises no alert, because it would be about the alert itself. An
 * AsyncLocalStorage of its own would cost every promise of the application.
 */
const sending = processWide('alerts-sending', () => new WeakSet<object>());

/** What has to be written as the process ends: one listener for all applications. */
const exits = processWide('alerts-exits', () => ({ closers: new Set<() => void>() }));

function closeAll(): void {
  for (const close of exits.closers) close();
}

/** @returns ends it */
function atExit(close: () => void): () => void {
  const { closers } = exits;
  if (closers.size === 0) process.on('exit', closeAll);
  closers.add(close);
  return () => {
    closers.delete(close);
    if (closers.size === 0) process.off('exit', closeAll);
  };
}

/** The alerts of one application, from its start to its end. */
export class RunningAlerts {
  private readonly queues = new Map<string, ChannelQueue>();
  /** Shows everything to the developer, whoever is notified. */
  private readonly inbox: ChannelQueue | undefined;
  private readonly engine: AlertEngine;
  private readonly ends: (() => unknown)[] = [];
  private readonly inProcess: ContextRunner;

  constructor(
    private readonly alerts: ResolvedAlerts,
    private readonly application: ApplicationContext,
    warn: (text: string) => void,
  ) {
    const { store, rules, channels, organizationUrl } = alerts;
    const keep = keepContext('alerts');
    this.inProcess = (run) =>
      keep(() =>
        runInProcessScope(() => {
          sending.add(getIsolationScope());
          return suppressTracing(run);
        }),
      );
    const { dsn = '', environment = '', spool } = clientState.options ?? {};
    store.open?.({ directory: spool ? spool.directory : undefined, project: `${dsn}\n${environment}`, warn });
    const queueOptions = { inProcess: this.inProcess, clean: cleanText };
    for (const [name, channel] of Object.entries(channels)) {
      this.queues.set(name, new ChannelQueue(channel, queueOptions));
    }
    this.inbox = isInboxDsn(dsn) ? new ChannelQueue(inboxChannel(dsn), queueOptions) : undefined;
    const names = Object.keys(channels);
    this.engine = new AlertEngine({
      rules: rules.map((rule, at) => compileRule(rule, `alerts.rules[${at}]`, names, environment)),
      store,
      organizationUrl,
      now: Date.now,
      inProcess: this.inProcess,
      send: (to, notification) => {
        this.send(to, notification);
      },
    });
    if (!isActive()) {
      warn('Alerts count nothing: failures are only captured with a DSN. Set SENTRY_DSN, or pass dsn to initSentry().');
    }
    this.watch();
    this.ends.push(showStatus(() => this.status()));
  }

  /** Called when an execution of the application has ended. */
  ended(execution: Execution): void {
    this.engine.execution(execution, () => describeExecution(execution));
  }

  active(): AlertNotification[] {
    return this.engine.active();
  }

  acknowledge(rule: string): Promise<boolean> {
    return this.inProcess(() => this.engine.acknowledge(rule));
  }

  /** @throws ConfigurationError - if there is no such channel */
  notify(names: readonly string[], { title, message = '', severity = 'info', tags = {}, url }: AlertMessage): void {
    const known = new Set(this.queues.keys());
    for (const name of names) if (!known.has(name)) throw unknownChannel(name, 'alerts.notify', known);
    const text = scrubbed({ title, message, tags, ...(url !== undefined && { url }) });
    this.send(names, singleNotification('fired', { name: BY_HAND, severity }, text, { now: Date.now() }));
  }

  status(): AlertStatus {
    const channels = Object.fromEntries([...this.queues].map(([name, queue]) => [name, queue.status()]));
    return { store: this.alerts.store.mode, channels };
  }

  /**
   * Sends what waits, and ends.
   *
   * @param timeout - milliseconds
   */
  async stop(timeout: number): Promise<void> {
    for (const end of this.ends.splice(0)) end();
    let timer: NodeJS.Timeout | undefined;
    const timeIsUp = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeout);
    });
    await Promise.race([this.finish(), timeIsUp]);
    clearTimeout(timer);
    for (const queue of this.allQueues) queue.abandon();
    await this.closeStore();
  }

  /** The process ends as soon as Sentry has the error: nothing waits for the end of a window any more. */
  private async hurry(): Promise<void> {
    await this.engine.settle();
    await Promise.all(this.allQueues.map((queue) => queue.flush()));
  }

  private async finish(): Promise<void> {
    await this.engine.settle();
    this.engine.stop();
    await Promise.all(this.allQueues.map((queue) => queue.close()));
  }

  private get allQueues(): ChannelQueue[] {
    return [...this.queues.values(), ...(this.inbox ? [this.inbox] : [])];
  }

  private async closeStore(): Promise<void> {
    try {
      await this.alerts.store.close?.();
    } catch {
      guarded('alert-store', () => undefined);
    }
  }

  private watch(): void {
    this.ends.push(
      observeFailures({
        failure: (failure) => {
          if (!this.concerns(failure)) return;
          this.engine.failure(failure);
          if (failure.candidate.facts.fatal) void this.hurry();
        },
        failedJob: (failure) => {
          if (this.concerns(failure)) this.engine.failedJob(failure);
        },
      }),
      observeCheckIns((checkIn, config) => {
        this.engine.checkIn(monitorOf(checkIn, config));
      }),
    );
    // A file is written before this returns.
    this.ends.push(atExit(() => void this.closeStore()));
  }

  /** What belongs to no application may be about any of them. */
  private concerns({ candidate }: ObservedFailure): boolean {
    if (sending.has(getIsolationScope())) return false;
    const owner = applicationOf(candidate.snapshot.execution);
    return owner === this.application || trackedApplication(owner) === undefined;
  }

  private send(names: readonly string[], notification: AlertNotification): void {
    const clean = { ...notification, rule: cleanText(notification.rule) };
    for (const name of names) this.queues.get(name)?.push(clean);
    this.inbox?.push(clean);
  }
}

const MAX_ERROR = 200;

function cleanText(text: string): string {
  return (clientState.scrubber?.text(text) ?? text).slice(0, MAX_ERROR);
}
