/** One timer, for the earliest time at which there is something to do. Keeps no process alive. */
export class Timer {
  private set: { at: number; timer: NodeJS.Timeout } | undefined;

  constructor(private readonly ring: () => void) {}

  /** @param time - `Infinity` for never */
  setFor(time: number, now: number): void {
    if (this.set?.at === time) return;
    clearTimeout(this.set?.timer);
    this.set = undefined;
    if (time === Infinity) return;
    const timer = setTimeout(
      () => {
        this.set = undefined;
        this.ring();
      },
      Math.max(time - now, 1),
    );
    this.set = { at: time, timer: timer.unref() };
  }
}
