import type { Event } from '@sentry/nestjs';
import type { ApplicationContext } from '../context/execution.js';
import { fromBytes } from '../delivery/envelope-bytes.js';
import { spansOfItem, type TestSpan } from './test-span.js';

/** When something was captured, and by which application; undefined if it belongs to none, or to one of several. */
interface Origin {
  readonly order: number;
  readonly application: ApplicationContext | undefined;
}

interface Arrival<T> extends Origin {
  readonly item: T;
}

/** What has arrived in place of Sentry, and where it came from. */
class Arrivals {
  /** Increases with everything that is captured. */
  order = 0;
  private readonly origins = new Map<string, Origin>();
  private events: Arrival<Event>[] = [];
  private spans: Arrival<TestSpan>[] = [];

  /** @param id - of an event or a span; later calls for the same one add its application */
  note(id: string, application: ApplicationContext | undefined): void {
    const known = this.origins.get(id);
    this.origins.set(id, { order: known?.order ?? ++this.order, application: application ?? known?.application });
  }

  receive(envelope: Buffer): void {
    for (const [{ type }, payload] of fromBytes(envelope)[1]) {
      if (type === 'event') this.events.push(this.arrival(payload as Event, (payload as Event).event_id));
      for (const span of spansOfItem(type, payload)) this.spans.push(this.arrival(span, span.spanId));
    }
  }

  eventsSince(order: number, application?: ApplicationContext): Event[] {
    return select(this.events, order, application);
  }

  spansSince(order: number, application?: ApplicationContext): TestSpan[] {
    return select(this.spans, order, application).sort((one, other) => one.startedAt - other.startedAt);
  }

  forget(): void {
    this.origins.clear();
    this.events = [];
    this.spans = [];
  }

  private arrival<T>(item: T, id: string | undefined): Arrival<T> {
    const origin = (id === undefined ? undefined : this.origins.get(id)) ?? {
      order: ++this.order,
      application: undefined,
    };
    return { item, ...origin };
  }
}

function select<T>(arrivals: Arrival<T>[], since: number, by: ApplicationContext | undefined): T[] {
  return arrivals
    .filter(({ order, application }) => order > since && (!by || !application || application === by))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);
}

export const arrivals = new Arrivals();
