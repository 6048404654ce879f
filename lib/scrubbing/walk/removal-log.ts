import { remarksOf, type Removal } from './remarks.js';
import type { CompiledRules } from './compiled-rules.js';

const MOST_REMOVALS = 2000;

/** Where a walk stands, and what it has removed on its way. */
export class Trail {
  readonly removals: Removal[] = [];
  /** Names and indexes down to the value; only the first {@link depth} of them hold. */
  readonly path: (string | number)[] = [];
  depth = 0;

  constructor(
    private readonly rules: CompiledRules,
    private recording: boolean,
  ) {}

  /** What goes meanwhile is counted, but not noted: it has no path of its own. */
  withoutNotes<T>(run: () => T): T {
    const { recording } = this;
    this.recording = false;
    try {
      return run();
    } finally {
      this.recording = recording;
    }
  }

  /** The value at this place goes as a whole. */
  remove(replacement: string, rule: string, value: unknown): string {
    this.note(replacement, rule, typeof value === 'string' ? value.length : undefined);
    return replacement;
  }

  note(sent: string, rule: string | undefined, length: number | undefined): void {
    this.rules.removed++;
    if (!this.recording || this.removals.length >= MOST_REMOVALS) return;
    this.removals.push({ path: this.path.slice(0, this.depth), remarks: remarksOf(sent, rule), length });
  }

  names(): string[] {
    return this.path.slice(0, this.depth).map(String);
  }
}
