import { setImmediate } from 'node:timers';
import { keepContext } from '../process-state/context-runner.js';

/** Does one piece of some work, and returns whether the work is done. Must not throw. */
export type Piece = () => boolean;

/**
 * So many steps may have been taken in a turn of the event loop before another piece begins. An ordinary event takes a
 * hundred thousand, a piece 18 million at most.
 */
const STEPS_PER_TURN = 4_000_000;
/** More work than this does not wait: whoever captures without end would fill the memory. */
const MAX_WAITING = 200;

/**
 * Scrubs in the order in which envelopes come: at once, but only so much in one turn of the event loop, and the rest in
 * the next ones.
 */
export class ScrubbingTurns {
  private readonly waiting: Piece[] = [];
  private readonly whenIdle: (() => void)[] = [];
  private nextTurn: NodeJS.Immediate | undefined;
  private turnBegan = 0;
  private isWorking = false;
  /** A turn has nothing to do with whoever has added the work, and must not retain its context. */
  private readonly inProcess = keepContext('scrubbing');

  /** @param steps - how many steps all work has taken so far */
  constructor(private readonly steps: () => number) {}

  get isIdle(): boolean {
    return this.waiting.length === 0;
  }

  add(piece: Piece): void {
    if (!this.nextTurn) this.turnBegan = this.steps();
    this.waiting.push(piece);
    this.proceed(MAX_WAITING);
  }

  /** Does everything now: the process ends. */
  finish(): void {
    this.proceed(0);
  }

  /** Once nothing waits any more. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isIdle) resolve();
      else this.whenIdle.push(resolve);
    });
  }

  private proceed(maxWaiting: number): void {
    if (this.isWorking) return; // a rule of the application has captured something: it is next
    this.isWorking = true;
    for (let piece = this.waiting[0]; piece; piece = this.waiting[0]) {
      if (this.steps() - this.turnBegan >= STEPS_PER_TURN && this.waiting.length <= maxWaiting) break;
      if (piece()) this.waiting.shift();
    }
    this.isWorking = false;
    if (this.isIdle) for (const resolve of this.whenIdle.splice(0)) resolve();
    this.awaitNextTurn();
  }

  /** Keeps the process alive only while something waits. */
  private awaitNextTurn(): void {
    this.nextTurn ??= this.inProcess(() =>
      setImmediate(() => {
        this.beginTurn();
      }),
    );
    if (this.isIdle) this.nextTurn.unref();
    else this.nextTurn.ref();
  }

  private beginTurn(): void {
    this.nextTurn = undefined;
    this.turnBegan = this.steps();
    if (!this.isIdle) this.proceed(MAX_WAITING);
  }
}
