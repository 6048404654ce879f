import { clearTimeout, setTimeout } from 'node:timers';
import { backoffDelay } from '../../delivery/backoff-delay.js';
import type { AlertChannel, AlertNotification } from '../../options/alert-options.js';
import { parseDuration } from '../../options/duration.js';
import type { ContextRunner } from '../../process-state/context-runner.js';
import type { ChannelStatus } from '../alert-status.js';
import { DeliveryError } from './delivery-error.js';
import { Digest } from './digest.js';

const TRIES = 3;
/** Milliseconds. */
const ANSWER_TIMEOUT = 5_000;
const MAX_BACKOFF = 10_000;
const DEFAULT_DIGEST = '1s';
/** Of a channel without digest. */
const MAX_WAITING = 1_000;

export interface QueueOptions {
  readonly inProcess: ContextRunner;
  /** Removes secrets from the message of an error. */
  readonly clean: (text: string) => string;
  /** Milliseconds. Default: as documented. */
  readonly answerTimeout?: number;
  readonly random?: () => number;
}

/** Sends the notifications of one channel, one after the other, off the way of the application. */
export class ChannelQueue {
  private readonly counts = { sent: 0, failed: 0 };
  private lastError: string | undefined;
  private readonly window: number;
  private digest = new Digest();
  /** Of a channel without digest, or that sends singly. */
  private readonly line: AlertNotification[] = [];
  private inFlight = 0;
  private isBusy = false;
  private idle: (() => void)[] = [];
  private wake: (() => void) | undefined;
  private isClosing = false;
  private isAbandoned = false;
  private controller: AbortController | undefined;

  constructor(
    private readonly channel: AlertChannel,
    private readonly options: QueueOptions,
  ) {
    const { digest = DEFAULT_DIGEST } = channel;
    this.window = digest === false ? 0 : (parseDuration(digest) ?? 0);
  }

  push(notification: AlertNotification): void {
    if (this.window > 0 && !this.channel.singly) this.digest.add(notification);
    else if (this.line.length < MAX_WAITING) this.line.push(notification);
    else this.fail(`more than ${MAX_WAITING} notifications wait`);
    if (this.isBusy) return;
    this.isBusy = true;
    void this.options.inProcess(() => this.run());
  }

  status(): ChannelStatus {
    const { lastError } = this;
    const waiting = this.digest.size + this.line.length + this.inFlight;
    return { ...this.counts, waiting, ...(lastError !== undefined && { lastError }) };
  }

  /** Sends without waiting for the end of the window from now on, and resolves once nothing is left. */
  close(): Promise<void> {
    this.isClosing = true;
    this.wake?.();
    return this.isBusy ? new Promise((resolve) => this.idle.push(resolve)) : Promise.resolve();
  }

  /** Sends what waits until now without waiting for the end of the window. */
  async flush(): Promise<void> {
    await this.close();
    this.isClosing = this.isAbandoned;
  }

  /** Gives up: what has not been sent until now is not sent any more. */
  abandon(): void {
    this.isAbandoned = true;
    this.controller?.abort();
    void this.close();
  }

  private async run(): Promise<void> {
    for (let next = this.take(true); next && !this.isAbandoned; next = this.take(false)) {
      const { notification, size } = next;
      this.inFlight = size;
      const started = performance.now();
      await this.deliver(notification);
      this.inFlight = 0;
      // Whoever comes within the window waits for its end.
      if (this.line.length === 0) await this.pause(this.window - (performance.now() - started));
    }
    this.isBusy = false;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  /** @param isFirst - whether nothing was sent within the window before */
  private take(isFirst: boolean): { notification: AlertNotification; size: number } | undefined {
    const line = this.line.shift();
    if (line) return { notification: line, size: 1 };
    const { notification, size } = this.digest;
    if (!notification) return undefined;
    this.digest = new Digest();
    const [only] = isFirst && size === 1 ? (notification.alerts ?? []) : [];
    return { notification: only ?? notification, size };
  }

  private async deliver(notification: AlertNotification): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        await this.send(notification);
        this.counts.sent++;
        return;
      } catch (error) {
        const known = error instanceof DeliveryError ? error : undefined;
        this.lastError = this.options.clean(messageOf(error));
        if (tried === TRIES || known?.isFinal || this.isAbandoned) {
          this.counts.failed++;
          return;
        }
        const backoff = backoffDelay(tried, MAX_BACKOFF, this.options.random ?? Math.random);
        await this.pause(known?.retryAfter ?? backoff);
      }
    }
  }

  /** A channel of the application may ignore the signal, or never settle. */
  private async send(notification: AlertNotification): Promise<void> {
    const controller = (this.controller = new AbortController());
    const { answerTimeout = ANSWER_TIMEOUT } = this.options;
    let timer: NodeJS.Timeout | undefined;
    const timeIsUp = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new DeliveryError(`no answer within ${answerTimeout} ms`, false));
        controller.abort();
      }, answerTimeout).unref();
    });
    try {
      await Promise.race([this.channel.send(notification, controller.signal), timeIsUp]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends early when the application stops. */
  private pause(milliseconds: number): Promise<void> {
    if (milliseconds <= 0 || this.isClosing) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, milliseconds).unref();
      this.wake = done;
    });
  }

  private fail(reason: string): void {
    this.counts.failed++;
    this.lastError = reason;
  }
}

function messageOf(error: unknown): string {
  try {
    const { message, code } = error as { message?: unknown; code?: unknown };
    const texts = [typeof code === 'string' ? code : '', typeof message === 'string' ? message : ''];
    return texts.filter((text) => text !== '').join(': ') || 'the channel has failed';
  } catch {
    return 'the channel has failed'; // an error whose getters throw
  }
}
