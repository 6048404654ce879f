import { getIsolationScope, withIsolationScope, type Scope } from '@sentry/nestjs';
import { noteBreadcrumb } from '../../breadcrumbs/journal.js';
import { trackedApplication } from '../../capture/application-registry.js';
import { reportSlow, rounded } from '../../capture/report-slow.js';
import { isActive } from '../../client/state.js';
import { applicationOf } from '../../context/applications.js';
import { rememberFailedDelivery, type DeliveryFacts } from '../../context/deliveries.js';
import { currentExecution, type Execution } from '../../context/execution.js';
import { currentOperation, type Operation } from '../../context/operation.js';
import { describeRecipients, notificationFacts, withoutRecipients } from '../../domains/index.js';
import { guarded } from '../../stats/stats.js';
import type { Outgoing, Sender } from './senders.js';

type Send = (this: object, ...args: unknown[]) => unknown;
type Callback = (error: unknown, result: unknown) => unknown;

/** Milliseconds; as for other services. */
const SLOWER_THAN = 5_000;
/** A shorter one may be a part of any word. */
const SHORTEST_LOGIN = 4;

/** Whether the libraries call themselves or each other: one delivery is recorded once. */
let isSending = false;

/** Sends as before, and records the delivery. */
export function deliver(sender: Sender, send: Send, client: object, args: unknown[]): unknown {
  const delivery = isSending ? undefined : guarded('notifications', () => begin(sender, client, args));
  if (!delivery) return send.apply(client, args);
  const callback = args.at(-1);
  const observed =
    typeof callback === 'function' ? [...args.slice(0, -1), delivery.observing(callback as Callback)] : args;
  isSending = true;
  try {
    const result = send.apply(client, observed);
    // A thenable may be lazy: only a promise is followed.
    if (!(result instanceof Promise) || result.constructor !== Promise || observed !== args) return result;
    return result.then(
      (value: unknown) => {
        delivery.end(undefined, value);
        return value;
      },
      (error: unknown) => {
        delivery.end(error, undefined);
        throw error;
      },
    );
  } catch (error) {
    delivery.end(error, undefined);
    throw error;
  } finally {
    isSending = false;
  }
}

function begin(sender: Sender, client: object, args: readonly unknown[]): Delivery | undefined {
  if (!isActive()) return undefined;
  const execution = currentExecution();
  const application = applicationOf(execution);
  if (trackedApplication(application)?.integrations.notifications === false) return undefined;
  const outgoing = sender.describe(args);
  return outgoing && new Delivery(sender, client, outgoing, execution, application.slowerThan ?? SLOWER_THAN);
}

/** One notification on its way, or several of one call. */
class Delivery {
  private readonly start = performance.now();
  private readonly scope: Scope = getIsolationScope();
  private readonly around: Operation | undefined = currentOperation();
  private readonly facts: DeliveryFacts;
  private hasEnded = false;

  constructor(
    private readonly sender: Sender,
    private readonly client: object,
    private readonly outgoing: Outgoing,
    private readonly execution: Execution,
    private readonly threshold: number,
  ) {
    this.facts = { ...outgoing.facts, ...describeRecipients(...outgoing.recipients) };
  }

  /** Libraries call back from the context of their connection. */
  observing(callback: Callback): Callback {
    const { scope, end } = this;
    const ended = (error: unknown, result: unknown) => {
      withIsolationScope(scope, () => {
        end(error ?? undefined, result);
      });
    };
    return function (this: unknown, ...args) {
      ended(...args);
      return Reflect.apply(callback, this, args);
    };
  }

  readonly end = (error: unknown, result: unknown): void => {
    if (this.hasEnded) return;
    this.hasEnded = true;
    const duration = rounded(performance.now() - this.start);
    guarded('notifications', () => {
      this.record(duration, error, result);
    });
    guarded('notifications', () => {
      this.warnIfSlow(duration);
    });
  };

  private record(duration: number, error: unknown, result: unknown): void {
    const { facts, sender, execution } = this;
    const outcome = error === undefined ? sender.outcome?.(result) : undefined;
    const code = error === undefined ? outcome?.code : notificationFacts(error)?.code;
    const hasFailed = error !== undefined || outcome !== undefined;
    if (hasFailed) rememberFailedDelivery(execution, facts, error ?? outcome?.message, (text) => this.clean(text));
    noteBreadcrumb({
      category: 'notification',
      message: `${String(facts.channel)} ${hasFailed ? 'failed' : 'sent'}`,
      level: error !== undefined ? 'error' : outcome ? 'warning' : 'info',
      data: definedOnly({ ...facts, code, failed: outcome?.failed, duration }),
    });
  }

  /** Providers quote recipients and logins in their answers. */
  private clean(text: string): string {
    let out = withoutRecipients(text, ...this.outgoing.recipients);
    for (const login of this.sender.login?.(this.client) ?? []) {
      if (typeof login === 'string' && login.length >= SHORTEST_LOGIN) out = out.replaceAll(login, '[Filtered]');
    }
    return out;
  }

  private warnIfSlow(duration: number): void {
    const { threshold, around } = this;
    if (duration <= threshold) return;
    const { provider, template } = this.facts;
    const name = typeof template === 'string' ? `${provider} ${template}` : provider;
    const data = definedOnly(this.facts);
    reportSlow({ name, duration, threshold, data, tags: { provider }, what: 'notification' }, around);
  }
}

function definedOnly(data: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
