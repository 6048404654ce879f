/** A source of events that every subscriber hears. */
export class Events {
  private readonly listeners = new Set<(event: unknown) => void>();

  publish(event: unknown): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  subscribe(): AsyncIterableIterator<unknown> {
    const waiting: unknown[] = [];
    const asking: ((result: IteratorResult<unknown>) => void)[] = [];
    let done = false;
    const listener = (event: unknown) => {
      const ask = asking.shift();
      if (ask) ask({ done: false, value: event });
      else waiting.push(event);
    };
    this.listeners.add(listener);
    const close = () => {
      done = true;
      this.listeners.delete(listener);
      for (const ask of asking.splice(0)) ask({ done: true, value: undefined });
      return Promise.resolve({ done: true as const, value: undefined });
    };
    return {
      next: () => {
        if (done) return Promise.resolve({ done: true, value: undefined });
        if (waiting.length > 0) return Promise.resolve({ done: false, value: waiting.shift() });
        return new Promise((resolve) => asking.push(resolve));
      },
      return: close,
      throw: close,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
