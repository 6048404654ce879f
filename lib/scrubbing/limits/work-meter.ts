/**
 * How many steps scrubbing one item may take by default. One step reads one character by a simple rule, one to three
 * nanoseconds: the worst event costs about 50 ms to scrub, an ordinary one less than one.
 */
export const DEFAULT_MAX_WORK = 18_000_000;

/** Steps that an exception takes, such as that of decoding what is not encoded. */
export const STEPS_PER_EXCEPTION = 8000;
const SHARE_OF_A_TEXT = 0.9;
/**
 * Share of the limit of an event in a process that has scrubbed nothing yet. V8 compiles a rule when it first runs, and
 * until then a step takes several times as long. Each step taken raises the limit by one, up to the whole.
 */
const COLD_SHARE = 0.2;
/** What each span, log or metric of a batch may take of its own: an ordinary one takes less. */
export const STEPS_PER_MEMBER = 300_000;
/** Share of the limit that short names may take once nothing else is left: they tell what was cut. */
const RESERVE = 0.02;

/** Thrown by {@link WorkMeter.charge}: the text is replaced. Created once, without a stack: hostile input throws it often. */
export const TOO_COSTLY = new Error('the text takes more steps than one text may');

/** Counts the steps that scrubbing one item takes, so that no input, whatever rules it triggers, stops the process. */
export class WorkMeter {
  private steps = 0;
  /** Steps of all items before this one. */
  private before = 0;
  private limit: number;
  private end: number;
  /** The limit and the reserve: read for every entry. */
  private overdraft: number;
  /** The limit of an event or a member, which rises to the whole. */
  private warm: number;

  constructor(private readonly whole: number) {
    this.warm = whole * COLD_SHARE;
    this.limit = whole;
    this.end = whole;
    this.overdraft = whole * (1 + RESERVE);
  }

  get used(): number {
    return this.steps;
  }

  /** Steps of all items so far. */
  get total(): number {
    return this.before + this.steps;
  }

  get left(): number {
    return Math.max(0, this.limit - this.steps);
  }

  get isExhausted(): boolean {
    return this.steps >= this.limit;
  }

  /** Nothing is left even of what is kept for short names. */
  get isOverdrawn(): boolean {
    return this.steps >= this.overdraft;
  }

  /** A new item begins, other than an event. */
  begin(): void {
    this.start(this.whole);
  }

  /** An event begins, with texts of whoever has sent a request. */
  beginEvent(): void {
    this.start(Math.min(this.warm + this.steps, this.whole));
  }

  /** A member of a batch begins. @param shared - what is left of the limit that all members share */
  beginMember(shared: number): void {
    this.start(STEPS_PER_MEMBER + Math.min(shared, this.warm));
  }

  private start(limit: number): void {
    this.warm = Math.min(this.warm + this.steps, this.whole);
    this.before += this.steps;
    this.steps = 0;
    this.limit = limit;
    this.end = limit;
    this.overdraft = limit * (1 + RESERVE);
  }

  /** A text may take nine tenths of what is left: one hostile text does not cost an event all others. */
  beginText(): void {
    this.end = this.steps + Math.floor(this.left * SHARE_OF_A_TEXT);
  }

  endText(): void {
    this.end = this.limit;
  }

  /** Counts steps of the walk, which checks {@link isExhausted} itself. */
  spend(steps: number): void {
    this.steps += steps;
  }

  /**
   * Counts steps of a rule for texts, before it takes them.
   *
   * @throws TOO_COSTLY - if the text has taken as many as it may
   */
  charge(steps: number): void {
    if (this.steps + steps > this.end) throw TOO_COSTLY;
    this.steps += steps;
  }

  /**
   * Counts what a form costs that is tried wherever its first word stands, and reads on from there.
   *
   * @param width - how many characters it reads from there at most
   * @param perCharacter - steps for each of them
   * @returns whether the word stands in the text at all
   */
  chargeForms(text: string, word: string, width: number, perCharacter: number): boolean {
    let at = text.indexOf(word);
    if (at === -1) return false;
    for (; at !== -1; at = text.indexOf(word, at + word.length))
      this.charge(Math.min(width, text.length - at) * perCharacter);
    return true;
  }

  /**
   * The text, after counting that a rule reads it.
   *
   * @param perCharacter - steps that the rule takes for each character
   */
  read(text: string, perCharacter: number): string {
    this.charge(text.length * perCharacter);
    return text;
  }
}
