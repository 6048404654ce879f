import type { FieldContext } from '../fields/field-context.js';
import type { Limits } from '../limits/limits.js';
import type { KeyFacts } from '../names/key-facts.js';
import type { CompiledRules } from './compiled-rules.js';
import type { Variables } from './named-values.js';
import type { RemovalLog } from './removal-log.js';
import type { StringValues } from './string-values.js';
import type { WalkBudget } from './walk-budget.js';

export interface WalkOptions {
  /** Record where each value was removed, for `_meta`. */
  record: boolean;
  /** Undefined: nothing is cut. */
  limits: Limits | undefined;
  /** Also cuts the lists of the protocol. */
  strict?: boolean;
  /** The value has been scrubbed: it is only cut. */
  cutOnly?: boolean;
  variables?: Variables;
  /** How many documents inside strings enclose the value. */
  textLevel?: number;
}

/** What the steps of one walk share. */
export interface WalkContext {
  readonly rules: CompiledRules;
  readonly variables: Variables;
  readonly log: RemovalLog;
  readonly strings: StringValues;
  readonly budget: WalkBudget;
  /** The value has been scrubbed: it is only cut. */
  readonly cutOnly: boolean;
  /** The application configured rules for paths, or a custom rule. */
  hasApplicationRules: boolean;
  /**
   * Scrubs one value of any type.
   *
   * @param field - the field that holds the value
   * @param facts - what the name of the field says about the values inside
   */
  value(value: unknown, field: FieldContext, facts?: KeyFacts): unknown;
}

/** No card number is smaller: smaller numbers are passed over at once. */
export const MIN_CARD_NUMBER = 1e13;
