import { writeSync } from 'node:fs';
import { clearTimeout, setTimeout } from 'node:timers';
import { guarded } from '../stats/stats.js';
import { delivery } from './counts.js';
import { causeOf, isFinal } from './failure-causes.js';
import { warnOnce, warnOnceAtExit } from './warn-once.js';

/** How long a temporary failure must last before it is printed. Milliseconds. */
const PATIENCE = 4_000;

/** Warns once if nothing has been delivered since the start, so that a wrong DSN is noticed. */
export class FailureNotice {
  private reason: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param host - the host of the receiver */
  constructor(private readonly host: string) {}

  failed(reason: string): void {
    if (delivery.lastSuccess !== undefined) return;
    this.reason = reason;
    if (isFinal(reason)) this.tell();
    else
      this.timer ??= setTimeout(() => {
        guarded('delivery', () => {
          this.tell();
        });
      }, PATIENCE).unref();
  }

  succeeded(): void {
    clearTimeout(this.timer);
    this.reason = undefined;
  }

  /** Prints at once what would be printed later. */
  stop(): void {
    clearTimeout(this.timer);
    this.tell();
  }

  /** Called when the process exits. */
  close(): void {
    const text = this.text();
    if (text === undefined) return;
    warnOnceAtExit('DELIVERY_FAILING', (line) => writeSync(process.stderr.fd, line), text);
  }

  private tell(): void {
    const text = this.text();
    if (text !== undefined) warnOnce('DELIVERY_FAILING', text);
  }

  private text(): string | undefined {
    if (this.reason === undefined) return undefined;
    const { what, check } = causeOf(this.reason, this.host);
    const waiting = delivery.spooled > 0 ? ' Events that it may still accept are kept on disk.' : '';
    return `Nothing could be delivered to ${this.host} so far: ${what} (${this.reason}). ${check}.${waiting}`;
  }
}
