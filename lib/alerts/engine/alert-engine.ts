import { clearTimeout, setTimeout } from 'node:timers';
import type { ObservedFailure } from '../../capture/failure-observers.js';
import type { Execution } from '../../context/execution.js';
import type { AlertNotification, AlertStore } from '../../options/alert-options.js';
import type { ContextRunner } from '../../process-state/context-runner.js';
import { countFault, guarded } from '../../stats/stats.js';
import type { MonitorCheckIn } from './monitor-check-in.js';
import { alertText } from './alert-text.js';
import type { CompiledRule } from './compiled-rule.js';
import { FailureFacts, isCounted, type ExecutionFacts } from './facts.js';
import { acknowledge, advance, newRecord, nextDeadline, rejoin, type LifeEvent, type RuleRecord } from './life.js';
import { notificationOf } from './notifications.js';
import { Sightings } from './sightings.js';
import { Tally } from './tally.js';

/** How long executions without failures are collected, in milliseconds: they can only end an alert. */
const UNHURRIED = 1_000;
/** Node's timers cannot wait longer. */
const LONGEST_WAIT = 2 ** 31 - 1;

export interface EngineOptions {
  readonly rules: readonly CompiledRule[];
  readonly store: AlertStore;
  readonly organizationUrl: string | undefined;
  readonly now: () => number;
  /** Runs what belongs to no request. */
  readonly inProcess: ContextRunner;
  readonly send: (channels: readonly string[], notification: AlertNotification) => void;
}

type CountingRule = CompiledRule & { condition: { counting: NonNullable<CompiledRule['condition']['counting']> } };

/** One rule with a life, and what this process has counted for it since it last told the store. */
class RunningRule {
  tally = new Tally();
  /** What the store had last. */
  record: RuleRecord | undefined;
  deadline = Infinity;
  /** The last failure: an alert may fire by a success, which makes the requests enough for a share. */
  latest: Tally['latest'];

  constructor(readonly rule: CountingRule) {}

  get life() {
    const { condition, notify, cooldown, escalate, recovery } = this.rule;
    return { counting: condition.counting, notify, cooldown, escalate, recovery };
  }
}

/**
 * Counts what happens, and sends what rules find. Facts are collected, and judged a moment later off the way of the code
 * that brought them. Its timers do not keep the process alive.
 */
export class AlertEngine {
  private readonly running: readonly RunningRule[];
  private readonly singles: readonly CompiledRule[];
  private readonly sightings: Sightings;
  /** Executions that have failed, and those that have ended. */
  private readonly failed = new WeakSet<Execution>();
  private readonly ended = new WeakSet<Execution>();
  private timer: { at: number; handle: NodeJS.Timeout } | undefined;
  private judging: Promise<void> = Promise.resolve();
  /** The next judgement, while one is still running: a store may be slow. */
  private waiting: Promise<void> | undefined;
  private isStopped = false;

  constructor(private readonly options: EngineOptions) {
    const { rules, store, organizationUrl, now } = options;
    this.running = rules.flatMap((rule) => (hasCounting(rule) ? [new RunningRule(rule)] : []));
    this.singles = rules.filter(({ condition }) => condition.fires);
    this.sightings = new Sightings(store, this.singles, organizationUrl, now);
    if (store.poll !== undefined) this.schedule(now());
  }

  failure(observed: ObservedFailure): void {
    const { execution } = observed.candidate.snapshot;
    const facts = new FailureFacts(observed, this.ended.has(execution));
    // Messages that are no errors are reported, but nothing has failed.
    if (facts.isMessage && facts.level !== 'error' && facts.level !== 'fatal') return;
    this.failed.add(execution);
    let isUrgent = false;
    for (const { rule, tally } of this.running) {
      if (!rule.condition.failure || !rule.filter.failure(facts)) continue;
      rule.condition.failure(facts, tally);
      isUrgent ||= tally.isUrgent;
    }
    const singles = this.singles.filter(({ filter }) => filter.failure(facts));
    if (singles.length > 0) isUrgent = this.sightings.add(facts, singles) || isUrgent;
    if (isUrgent) this.schedule(this.options.now() + this.options.store.delay);
  }

  failedJob(observed: ObservedFailure): void {
    const facts = new FailureFacts(observed, this.ended.has(observed.candidate.snapshot.execution));
    for (const { rule, tally } of this.running) {
      if (!rule.condition.failedJob || !rule.filter.failure(facts)) continue;
      rule.condition.failedJob(facts, tally);
      if (tally.isUrgent) this.schedule(this.options.now() + this.options.store.delay);
    }
  }

  execution(execution: Execution, describe: () => Omit<ExecutionFacts, 'hasFailed' | 'execution'> | undefined): void {
    this.ended.add(execution);
    if (!isCounted(execution.kind)) return;
    const described = describe();
    if (!described) return;
    const facts = { ...described, execution, hasFailed: this.failed.has(execution) };
    let wait = Infinity;
    for (const { rule, tally } of this.running) {
      if (!rule.condition.execution || !rule.filter.execution(facts.name)) continue;
      rule.condition.execution(facts, tally);
      if (tally.isEmpty) continue;
      wait = Math.min(wait, tally.isUrgent ? this.options.store.delay : Math.max(this.options.store.delay, UNHURRIED));
    }
    if (wait < Infinity) this.schedule(this.options.now() + wait);
  }

  checkIn(checkIn: MonitorCheckIn): void {
    for (const { rule, tally } of this.running) if (rule.filter.isHere) rule.condition.checkIn?.(checkIn, tally);
    this.schedule(this.options.now() + this.options.store.delay);
  }

  /** The alerts that have fired and not recovered. */
  active(): AlertNotification[] {
    return this.running.flatMap(({ rule, record }) => {
      if (!record?.alert) return [];
      const { alert, users } = record;
      const kind = alert.isAcknowledged ? 'acknowledged' : alert.firedAt === alert.heldAt ? 'fired' : 'ongoing';
      return [notificationOf({ kind, alert, users, channels: [] }, rule)];
    });
  }

  async acknowledge(name: string): Promise<boolean> {
    const found = this.running.find(({ rule }) => rule.name === name);
    if (!found) return false;
    await this.settle();
    const event = await this.update(found, (record, now) => acknowledge(record, found.life, now));
    if (event) this.say(found.rule, [event]);
    return event !== undefined;
  }

  /** Judges what was collected until now. */
  settle(): Promise<void> {
    this.waiting ??= this.judging.then(() => {
      this.waiting = undefined;
      return this.judge();
    });
    this.judging = this.waiting;
    return this.judging;
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer?.handle);
  }

  private async judge(): Promise<void> {
    const now = this.options.now();
    await Promise.all([
      this.sightings.settle((rule, notification) => {
        this.options.send(rule.notify, notification);
      }),
      ...this.running
        .filter(({ tally, deadline }) => !tally.isEmpty || deadline <= now || this.options.store.poll !== undefined)
        .map((running) => this.judgeRule(running)),
    ]).catch(() => {
      countFault('alert-store');
    });
    const { poll } = this.options.store;
    const next = Math.min(Infinity, ...this.running.map(({ deadline }) => deadline));
    const after = this.options.now();
    this.schedule(Math.min(Math.max(next, after + 1), poll === undefined ? Infinity : after + poll));
  }

  private async judgeRule(running: RunningRule): Promise<void> {
    const { tally, rule } = running;
    running.tally = new Tally();
    running.latest = tally.latest ?? running.latest;
    const { organizationUrl } = this.options;
    const texts = new Map<string, ReturnType<typeof alertText>>();
    const describe = (title: string) => {
      const known = texts.get(title) ?? alertText(title, running.latest, organizationUrl);
      texts.set(title, known);
      return known;
    };
    const events = await this.update(running, (record, now, alone) => [
      ...(alone ? rejoin(record, alone, running.life) : []),
      ...advance(record, running.life, tally, now, describe),
    ]);
    guarded('alerts', () => {
      this.say(rule, events);
    });
  }

  private async update<R>(
    running: RunningRule,
    change: (record: RuleRecord, now: number, alone: RuleRecord | undefined) => R,
  ): Promise<R> {
    const { life, rule } = running;
    const { record, result, now } = await this.options.store.update(
      `${rule.name} ${life.counting.form}`,
      (known, time, alone) => {
        const current = (known as RuleRecord | undefined) ?? newRecord(life.counting);
        const changed = change(current, time, alone as RuleRecord | undefined);
        return { record: current, result: { record: current, result: changed, now: time } };
      },
    );
    running.record = record;
    // The clock of the store may differ from that of this process.
    running.deadline = this.options.now() + (nextDeadline(record, life, now) - now);
    return result;
  }

  private say(rule: CompiledRule, events: readonly LifeEvent[]): void {
    for (const event of events) this.options.send(event.channels, notificationOf(event, rule));
  }

  private schedule(at: number): void {
    if (this.isStopped || at === Infinity || (this.timer && this.timer.at <= at)) return;
    clearTimeout(this.timer?.handle);
    this.options.inProcess(() => {
      const handle = setTimeout(
        () => {
          this.timer = undefined;
          void this.settle();
        },
        Math.min(Math.max(at - this.options.now(), 0), LONGEST_WAIT),
      ).unref();
      this.timer = { at, handle };
    });
  }
}

function hasCounting(rule: CompiledRule): rule is CountingRule {
  return rule.condition.counting !== undefined;
}
