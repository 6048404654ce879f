import type { EntryPlans } from './entry-plans.js';
import type { KeyRules } from '../names/key-rules.js';
import type { Limits } from '../limits/limits.js';
import type { WorkMeter } from '../limits/work-meter.js';
import type { PathRules } from './path-rules.js';
import type { TextScrubber } from '../texts/text-scrubber.js';

/** Everything compiled from the options, and the counters. */
export interface CompiledRules {
  readonly keys: KeyRules;
  readonly plans: EntryPlans;
  readonly texts: TextScrubber;
  readonly limits: Limits;
  readonly work: WorkMeter;
  readonly paths: PathRules | undefined;
  readonly custom: ((value: unknown, path: string) => unknown) | undefined;
  /** Whether the address stays that the sender of feedback has left to be answered at. */
  readonly keepsContact: boolean;
  removed: number;
  faults: number;
}
