import type { AlertNotification, AlertStore } from '../../options/alert-options.js';
import { alertText, describeError } from './alert-text.js';
import type { CompiledRule } from './compiled-rule.js';
import type { FailureFacts } from './facts.js';
import { singleNotification } from './notifications.js';

/** Groups of errors that are looked up at once; more of them are found when they are seen again. */
const MAX_WAITING = 1_000;
/** Groups that this process has looked up. */
const MAX_KNOWN = 10_000;
/** How often a group is looked up again, in milliseconds. */
const PRECISION = 30_000;

interface Sighting {
  readonly facts: FailureFacts;
  readonly rules: Set<CompiledRule>;
}

/** When this process has looked a group up, and when it has seen it last, in milliseconds. */
interface KnownGroup {
  lookedUp: number;
  seen: number;
}

/** Finds errors that were never seen before, and those that are back. */
export class Sightings {
  private waiting = new Map<string, Sighting>();
  private readonly known = new Map<string, KnownGroup>();
  private readonly precision: number;

  constructor(
    private readonly store: AlertStore,
    rules: readonly CompiledRule[],
    private readonly organizationUrl: string | undefined,
    private readonly now: () => number,
  ) {
    this.precision = Math.min(PRECISION, ...rules.map(({ condition }) => condition.precision ?? PRECISION));
  }

  /**
   * @param rules - those that fire once for each group, and match this failure
   * @returns whether the group has to be looked up
   */
  add(facts: FailureFacts, rules: readonly CompiledRule[]): boolean {
    const { group } = facts;
    const waiting = this.waiting.get(group);
    if (waiting) {
      for (const rule of rules) waiting.rules.add(rule);
      return true;
    }
    const now = this.now();
    const known = this.known.get(group);
    if (known && now - known.seen < this.precision && now - known.lookedUp < PRECISION) {
      known.seen = now;
      return false;
    }
    if (this.waiting.size >= MAX_WAITING) return false;
    this.waiting.set(group, { facts, rules: new Set(rules) });
    return true;
  }

  /** Looks up the groups that were seen. */
  async settle(notify: (rule: CompiledRule, notification: AlertNotification) => void): Promise<void> {
    const { waiting } = this;
    if (waiting.size === 0) return;
    this.waiting = new Map();
    await Promise.all(
      [...waiting].map(async ([group, sighting]) => {
        const quietHere = this.remember(group);
        const { before, now } = await this.store.sight(group);
        const seen = before === undefined ? undefined : Math.max(before, now - quietHere);
        for (const rule of sighting.rules) {
          const { fires, headline } = rule.condition;
          if (!fires?.(seen, now)) continue;
          const text = alertText(headline?.(describeError(sighting.facts)) ?? '', sighting.facts, this.organizationUrl);
          const users = sighting.facts.user === undefined ? 0 : 1;
          notify(rule, singleNotification('fired', rule, text, { now, users }));
        }
      }),
    );
  }

  /** @returns since when this process has not seen the group, in milliseconds */
  private remember(group: string): number {
    const now = this.now();
    const before = this.known.get(group);
    this.known.delete(group);
    this.known.set(group, { lookedUp: now, seen: now });
    if (this.known.size > MAX_KNOWN) {
      const [oldest] = this.known.keys();
      if (oldest !== undefined) this.known.delete(oldest);
    }
    return before ? now - before.seen : Infinity;
  }
}
