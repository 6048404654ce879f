/** A body that takes memory. */
export interface HeldBody {
  /** What it takes. */
  size: number;
  /** Whether more of it is expected. */
  isOpen: boolean;
  /** Refuses it, so that its memory becomes free. */
  giveUp(): void;
}

/**
 * Limits the memory of all bodies. Above the limit, the largest unfinished body is given up: whoever holds many large
 * bodies open does not keep others from delivering an ordinary event.
 */
export class BodyMemory {
  private readonly bodies = new Set<HeldBody>();
  private size = 0;

  /** @param limit - bytes of all bodies that are held at the same time; at least three times as many as one may have */
  constructor(private readonly limit: number) {}

  resize(body: HeldBody, size: number): void {
    this.bodies.add(body);
    this.size += size - body.size;
    body.size = size;
    while (this.size > this.limit) {
      const largest = this.largestOpen();
      if (largest === undefined) return;
      this.release(largest);
      largest.giveUp();
    }
  }

  release(body: HeldBody): void {
    if (this.bodies.delete(body)) this.size -= body.size;
  }

  private largestOpen(): HeldBody | undefined {
    let largest: HeldBody | undefined;
    for (const body of this.bodies) if (body.isOpen && body.size > (largest?.size ?? 0)) largest = body;
    return largest;
  }
}
