import { clearTimeout, setTimeout } from 'node:timers';

/** One timer for the earliest time at which there is something to do. Does not keep the process alive. */
export class Timer {
  private scheduled: { time: number; handle: NodeJS.Timeout } | undefined;

  constructor(private readonly onTimeout: () => void) {}

  stop(): void {
    this.schedule(Infinity, 0);
  }

  /** @param time - `Infinity` for never */
  schedule(time: number, now: number): void {
    if (this.scheduled?.time === time) return;
    clearTimeout(this.scheduled?.handle);
    this.scheduled = undefined;
    if (time === Infinity) return;
    const handle = setTimeout(
      () => {
        this.scheduled = undefined;
        this.onTimeout();
      },
      Math.max(time - now, 1),
    );
    this.scheduled = { time, handle: handle.unref() };
  }
}
