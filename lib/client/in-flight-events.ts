import { getCurrentScope, getIsolationScope, type Event, type EventHint, type NodeClient } from '@sentry/nestjs';

type EventProcessor = Parameters<NodeClient['addEventProcessor']>[0];
type Scope = ReturnType<typeof getCurrentScope>;
type CaptureEvent = (event: Event, hint?: EventHint, scope?: Scope, isolationScope?: Scope) => PromiseLike<unknown>;

interface InFlight {
  readonly event: Event;
  readonly attachments: EventHint['attachments'];
  readonly scopes: readonly [scope: Scope, isolationScope: Scope];
  /** The processor that is running, and the event passed to it. */
  current?: EventProcessor;
  prepared?: Event;
  /** Whether all processors have run. */
  isProcessed?: boolean;
}

/**
 * Processors of the SDK that only add data to an event, some of them asynchronously: an event may be sent without that
 * data. Any other processor may drop an event or remove data from it.
 */
const ENRICHING = new Set(['ContextLines', 'LocalVariables', 'LocalVariablesAsync', 'Context', 'Modules']);

/**
 * The errors and messages that the SDK is preparing. The SDK reads source files and the like asynchronously, so an
 * event captured just before `process.exit()` would never reach the transport.
 */
export class InFlightEvents {
  private readonly events = new Map<EventHint, InFlight>();
  private readonly captureEvent: CaptureEvent | undefined;
  private isExiting = false;
  /** The event that is being completed, and the processor at which it continues. */
  private resumed: { hint: EventHint; event: Event; at: EventProcessor | undefined } | undefined;

  constructor(client: NodeClient) {
    // A private method of Sentry 10 and 11, the only way to know when an event is done. Without it, nothing is tracked.
    const sdk = client as unknown as { _captureEvent?: CaptureEvent };
    if (typeof sdk._captureEvent !== 'function') return;
    this.captureEvent = sdk._captureEvent.bind(client);
    sdk._captureEvent = this.track.bind(this);
    const processors = client.getEventProcessors();
    processors.forEach((processor, index) => (processors[index] = this.watch(processor)));
    const add = client.addEventProcessor.bind(client);
    client.addEventProcessor = (processor) => {
      add(this.watch(processor));
    };
    client.on('postprocessEvent', (_event, hint) => {
      const inFlight = hint && this.events.get(hint);
      if (inFlight) inFlight.isProcessed = true;
    });
  }

  /**
   * Called when the process exits and asynchronous work no longer runs: completes in-flight events without data that
   * would be added asynchronously, and prepares later events in the same way.
   */
  complete(): void {
    this.isExiting = true;
    for (const [hint, { event, prepared, current, attachments, scopes, isProcessed }] of this.events) {
      this.events.delete(hint);
      // An asynchronous processor or `beforeSend` of the application is still pending.
      if (isProcessed || !prepared || !ENRICHING.has(current?.id ?? '')) continue;
      const resumed = { ...hint, attachments };
      this.resumed = { hint: resumed, event: prepared, at: current };
      this.captureEvent?.(event, resumed, ...scopes);
    }
  }

  private track(
    event: Event,
    hint: EventHint = {},
    scope = getCurrentScope(),
    isolationScope = getIsolationScope(),
  ): PromiseLike<unknown> {
    const capture = this.captureEvent as CaptureEvent;
    if (event.type !== undefined || this.isExiting) return capture(event, hint, scope, isolationScope);
    this.events.set(hint, { event, attachments: hint.attachments, scopes: [scope, isolationScope] });
    const captured = capture(event, hint, scope, isolationScope);
    const forget = () => this.events.delete(hint);
    captured.then(forget, forget);
    return captured;
  }

  private watch(processor: EventProcessor): EventProcessor {
    const watched: EventProcessor = (event, hint) => {
      const { resumed } = this;
      if (resumed?.hint === hint && resumed.at) {
        if (resumed.at === watched) resumed.at = undefined;
        return resumed.event;
      }
      const inFlight = this.events.get(hint);
      if (inFlight) {
        inFlight.current = watched;
        inFlight.prepared = event;
      }
      const result = processor(event, hint);
      if (!this.isExiting || !isThenable(result)) return result;
      return ENRICHING.has(processor.id ?? '') ? event : null;
    };
    watched.id = processor.id;
    return watched;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null)?.then === 'function';
}
