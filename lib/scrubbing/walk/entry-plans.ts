import { isJudgedBySiblings, statementParameter } from '../names/sibling-names.js';
import type { KeyFacts } from '../names/key-facts.js';
import type { KeyRules } from '../names/key-rules.js';
import { isPaired } from '../names/named-pairs.js';
import { ruleOfName } from './name-rule.js';
import type { FieldContext } from '../fields/field-context.js';
import { UNREAD } from '../markers/marker.js';
import { MESSAGE_PARAMETER } from '../texts/statements/message-templates.js';
import { ADDRESSES } from '../texts/rule-kinds.js';
import { mayBeSecretMember } from './value-shapes.js';

/** How the value under one key of one field is scrubbed: computed once, not for each value. */
export interface EntryPlan {
  readonly key: string;
  /** The name under which the value is sent. */
  readonly name: string;
  /** Bytes of the name as JSON, with its punctuation. */
  readonly bytes: number;
  /** The field of the value. */
  readonly field: FieldContext;
  /** What the name says about the value; undefined for names of the protocol. */
  readonly own: KeyFacts | undefined;
  /** What the name says about the values inside. */
  readonly facts: KeyFacts | undefined;
  /** Kinds of rules that apply to a string. */
  readonly kinds: number;
  /** The name is harmless: only the content of the value matters. */
  readonly plain: boolean;
  /** Another entry of the object may hold the name of the value. */
  readonly paired: boolean;
  /** Other entries of the object may explain the value. */
  readonly judgedBySiblings: boolean;
  /** The name itself is scrubbed before it is sent. */
  readonly renames: boolean;
  /** The last short string here, if it was clean: many fields only hold one of a few words. */
  lastClean: string | undefined;
  /** Consecutive cache misses: ids and messages rarely repeat, so they are no longer looked up. */
  misses: number;
  /** The entry that followed this one last time: similar objects have their keys in the same order. */
  next: EntryPlan;
}

const MAX_PLANS = 2048;
const MAX_KEY_LENGTH = 256;

/** The plans for the entries of one field. */
export class FieldPlans {
  /** Before the first entry. */
  readonly start: EntryPlan;
  private readonly known = new Map<string, EntryPlan>();

  constructor(
    private readonly keys: KeyRules,
    private readonly field: FieldContext,
  ) {
    this.start = this.make('');
  }

  /** The plan for the key that follows an entry. */
  after(before: EntryPlan, key: string): EntryPlan {
    const plan = this.of(key);
    if (isKept(plan)) before.next = plan;
    return plan;
  }

  of(key: string): EntryPlan {
    const known = this.known.get(key);
    if (known) return known;
    const made = this.make(key);
    if (!isKept(made)) return made;
    if (this.known.size >= MAX_PLANS) this.forget();
    this.known.set(key, made);
    return made;
  }

  private make(key: string): EntryPlan {
    const { field: field } = this;
    const child = field.children?.get(key);
    const own = child ? undefined : this.keys.of(key);
    const facts = own && field.checksNames && affectsValues(own) ? own : undefined;
    const to = child ?? field.rest;
    const plan: Omit<EntryPlan, 'next'> & { next: EntryPlan | undefined } = {
      key,
      name: own ? own.name : key,
      bytes: (own ? own.bytes : key.length) + 8,
      field: to,
      own,
      facts,
      kinds: facts?.versions ? to.kinds & ~ADDRESSES : to.kinds,
      plain: child !== undefined || !field.checksNames || isHarmless(key, own, field),
      paired: isPaired(key),
      judgedBySiblings: field.checksNames && own !== undefined && isJudgedBySiblings(key),
      renames: own !== undefined && own.name !== key,
      lastClean: undefined,
      misses: 0,
      next: undefined,
    };
    plan.next = plan as EntryPlan;
    return plan as EntryPlan;
  }

  /** Also unlinks the plans, so that none keeps all its successors in memory. */
  private forget(): void {
    for (const plan of this.known.values()) plan.next = plan;
    this.known.clear();
    this.start.next = this.start;
  }
}

/** A name that was too costly to judge within one item may be judged within the next. */
function isKept({ key, name }: EntryPlan): boolean {
  return key.length <= MAX_KEY_LENGTH && name !== UNREAD;
}

/** Whether the name matters to the values inside. */
function affectsValues({ versions, cookies, mayHoldCookies, headers, words, messages, vendor }: KeyFacts): boolean {
  return versions || cookies || mayHoldCookies || headers || words || messages || vendor !== undefined;
}

function isHarmless(key: string, own: KeyFacts | undefined, { container: reading }: FieldContext): boolean {
  if (
    isPaired(key) ||
    isJudgedBySiblings(key) ||
    key.startsWith(MESSAGE_PARAMETER) ||
    statementParameter(key) !== undefined ||
    mayBeSecretMember(key) ||
    own === undefined ||
    own.cookies ||
    own.headerRule ||
    own.cookieRule ||
    own.vendor ||
    own.personal
  )
    return false;
  if (reading === 'graphql-variables' || reading === 'graphql-response') return false;
  return ruleOfName(own, reading) === undefined;
}

/** The plans for all fields, for one set of rules. */
export class EntryPlans {
  private readonly byField: FieldPlans[] = [];

  constructor(private readonly keys: KeyRules) {}

  of(field: FieldContext): FieldPlans {
    return this.byField[field.id] ?? (this.byField[field.id] = new FieldPlans(this.keys, field));
  }
}
