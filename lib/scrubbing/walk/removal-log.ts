import { remarksOf, type RecordedRemoval } from './remarks.js';
import type { WorkMeter } from '../limits/work-meter.js';
import type { CompiledRules } from './compiled-rules.js';

const MAX_REMOVALS = 2000;
/** Steps to record a removal, and to find each marker and pseudonym in a character of a text. */
const STEPS_PER_REMOVAL = 1000;
const STEPS_TO_FIND = 3;

/** The current path of a walk, and what it has removed so far. */
export class RemovalLog {
  readonly removals: RecordedRemoval[] = [];
  /** Names and indexes down to the current value; only the first {@link depth} are valid. */
  readonly path: (string | number)[] = [];
  depth = 0;

  constructor(
    private readonly rules: CompiledRules,
    private recording: boolean,
    private readonly work: WorkMeter,
  ) {}

  /** Counts removals in `run` without recording them: they have no path in the item. */
  withoutRecording<T>(run: () => T): T {
    const { recording } = this;
    this.recording = false;
    try {
      return run();
    } finally {
      this.recording = recording;
    }
  }

  /** Replaces the current value as a whole. */
  remove(replacement: string, rule: string, value: unknown): string {
    this.record(replacement, rule, typeof value === 'string' ? value.length : undefined);
    return replacement;
  }

  record(sent: string, rule: string | undefined, length: number | undefined): void {
    this.rules.removed++;
    if (!this.recording || this.removals.length >= MAX_REMOVALS) return;
    this.work.spend(STEPS_PER_REMOVAL + (rule === undefined ? sent.length * STEPS_TO_FIND : 0));
    this.removals.push({ path: this.path.slice(0, this.depth), remarks: remarksOf(sent, rule), length });
  }

  names(): string[] {
    return this.path.slice(0, this.depth).map(String);
  }
}
