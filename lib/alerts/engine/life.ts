import { randomUUID } from 'node:crypto';
import type { AlertKind, AlertRecord } from '../../options/alert-options.js';
import type { Counting, Counts } from '../rules/condition.js';
import { addUsers, type DistinctUsers } from './distinct-users.js';
import type { Tally } from './tally.js';

/** What a message about an alert says besides its numbers; scrubbed, because a store keeps it. */
export interface AlertText {
  title: string;
  message: string;
  tags: Record<string, string>;
  url?: string;
}

/** An alert from `fired` to `recovered`. Times are those of the store, in milliseconds. */
export interface ActiveAlert {
  id: string;
  firedAt: number;
  /** When the condition was last known to hold. */
  heldAt: number;
  count: number;
  firstSeen: number;
  lastSeen: number;
  text: AlertText;
  /** Whether it was announced with `fired`: it is not if it fires again within the cooldown of an earlier one. */
  isAnnounced: boolean;
  isAcknowledged: boolean;
  /** The channels that know of it. */
  told: string[];
  /** Steps of `escalate` that were taken. */
  steps: number;
}

/** What a store keeps for a rule. */
export interface RuleRecord extends AlertRecord {
  counts: Counts;
  users: DistinctUsers;
  /** Of the failures that are counted now. */
  firstSeen?: number;
  lastSeen?: number;
  /** Nothing is announced before this time. */
  quietUntil: number;
  alert?: ActiveAlert;
}

/** What of a rule decides about the life of its alerts. */
export interface LifeRule {
  readonly counting: Counting;
  readonly notify: readonly string[];
  /** Milliseconds. */
  readonly cooldown: number;
  readonly escalate: readonly { readonly after: number; readonly notify: readonly string[] }[];
  readonly recovery: boolean;
}

/** One thing to say. */
export interface LifeEvent {
  readonly kind: AlertKind;
  readonly channels: readonly string[];
  /** As it was when this was decided. */
  readonly alert: Readonly<ActiveAlert>;
  readonly users: number[];
}

/** A reminder is due after a second at the earliest, whatever the cooldown. */
const SHORTEST_REMINDER = 1_000;

export function newRecord(counting: Counting): RuleRecord {
  return { counts: counting.create(), users: [], quietUntil: 0 };
}

/**
 * Adds what one process has counted, and decides what is to be said. Changes nothing but the record.
 *
 * @param describe - called if something is to be said
 */
export function advance(
  record: RuleRecord,
  rule: LifeRule,
  tally: Tally | undefined,
  now: number,
  describe: (title: string) => AlertText,
): LifeEvent[] {
  const settle = tally && !tally.isEmpty ? add(record, rule.counting, tally, now) : undefined;
  const events = judge(record, rule, now, describe);
  if (!settle) return events;
  settle();
  return [...events, ...judge(record, rule, now, describe)];
}

function add(record: RuleRecord, counting: Counting, tally: Tally, now: number): (() => void) | undefined {
  const { alert } = record;
  const isOver = !alert && record.lastSeen !== undefined && counting.count(record.counts, now) === 0;
  if (isOver) forget(record);
  const settle = counting.add(record.counts, tally, now);
  record.users = addUsers(record.users, tally.users);
  if (tally.bad > 0) {
    record.firstSeen ??= now;
    record.lastSeen = now;
    if (alert) {
      alert.count += tally.bad;
      alert.lastSeen = now;
    }
  }
  return settle;
}

function judge(record: RuleRecord, rule: LifeRule, now: number, describe: (title: string) => AlertText): LifeEvent[] {
  const { counting } = rule;
  const events: LifeEvent[] = [];
  const say = (kind: AlertKind, channels: readonly string[], alert: ActiveAlert) => {
    alert.told = [...new Set([...alert.told, ...channels])];
    events.push({ kind, channels, alert: { ...alert }, users: record.users });
  };
  if (counting.holds(record.counts, now)) {
    const title = counting.title(record.counts, now);
    record.alert ??= fire(record, counting.count(record.counts, now), now, describe(title));
    const { alert } = record;
    alert.heldAt = now;
    if (now >= record.quietUntil) {
      if (alert.firedAt !== now) alert.text = describe(title);
      say(alert.isAnnounced ? 'ongoing' : 'fired', rule.notify, alert);
      alert.isAnnounced = true;
      record.quietUntil = now + Math.max(rule.cooldown, SHORTEST_REMINDER);
    }
  } else if (record.alert && now - record.alert.heldAt >= counting.recoversAfter) {
    const { alert } = record;
    if (rule.recovery && alert.told.length > 0) say('recovered', alert.told, alert);
    delete record.alert;
    forget(record);
    return events;
  }
  const { alert } = record;
  if (alert && !alert.isAcknowledged) {
    for (let step = rule.escalate[alert.steps]; step && now - alert.firedAt >= step.after;) {
      alert.steps++;
      say('escalated', step.notify, alert);
      step = rule.escalate[alert.steps];
    }
  }
  return events;
}

/**
 * Continues an alert that this process has raised while it was alone.
 *
 * @returns what is to be said if others have raised another one, which takes its place
 */
export function rejoin(record: RuleRecord, alone: RuleRecord, { recovery }: LifeRule): LifeEvent[] {
  const { alert } = alone;
  if (!alert || alert.id === record.alert?.id) return [];
  if (!record.alert) {
    record.alert = alert;
    record.counts = alone.counts;
    record.users = alone.users;
    record.quietUntil = Math.max(record.quietUntil, alone.quietUntil);
    return [];
  }
  return recovery && alert.told.length > 0
    ? [{ kind: 'recovered', channels: alert.told, alert: { ...alert }, users: alone.users }]
    : [];
}

/** @returns undefined if there is nothing to acknowledge */
export function acknowledge(record: RuleRecord, { counting }: LifeRule, now: number): LifeEvent | undefined {
  const { alert } = record;
  if (!alert || alert.isAcknowledged) return undefined;
  alert.isAcknowledged = true;
  counting.acknowledge?.(record.counts, now);
  return { kind: 'acknowledged', channels: alert.told, alert: { ...alert }, users: record.users };
}

/** When {@link advance} has to be called again although nothing happens; `Infinity` for never. */
export function nextDeadline(record: RuleRecord, { counting, escalate }: LifeRule, now: number): number {
  const { alert } = record;
  const due = counting.due?.(record.counts) ?? Infinity;
  if (!alert) return due;
  const step = alert.isAcknowledged ? undefined : escalate[alert.steps];
  return Math.min(
    due > now ? due : Infinity,
    now + Math.max(counting.precision, 100),
    step ? alert.firedAt + step.after : Infinity,
    record.quietUntil > now ? record.quietUntil : Infinity,
  );
}

function fire(record: RuleRecord, count: number, now: number, text: AlertText): ActiveAlert {
  return {
    id: randomUUID(),
    firedAt: now,
    heldAt: now,
    count,
    firstSeen: record.firstSeen ?? now,
    lastSeen: record.lastSeen ?? now,
    text,
    isAnnounced: false,
    isAcknowledged: false,
    told: [],
    steps: 0,
  };
}

/** The next alert begins with its own users and times. */
function forget(record: RuleRecord): void {
  record.users = [];
  delete record.firstSeen;
  delete record.lastSeen;
}
