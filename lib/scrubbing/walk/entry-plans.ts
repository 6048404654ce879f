import type { KeyFacts } from '../names/key-facts.js';
import type { KeyRules } from '../names/key-rules.js';
import { ruleOfName } from './name-rule.js';
import type { FieldContext } from '../fields/field-context.js';
import { ADDRESSES } from '../texts/rule-kinds.js';
import { mayBeSecretMember } from './value-shapes.js';

/** What is done with the value under one key at one place: decided once, not for each value. */
export interface EntryPlan {
  readonly key: string;
  /** The name under which the value is sent. */
  readonly name: string;
  /** Bytes of the name and its signs as JSON. */
  readonly bytes: number;
  /** What the value is. */
  readonly field: FieldContext;
  /** What the name says; undefined for the names of the protocol. */
  readonly own: KeyFacts | undefined;
  /** What the name says to the values inside. */
  readonly facts: KeyFacts | undefined;
  /** Kinds of rules for a text. */
  readonly kinds: number;
  /** The name decides nothing: only what the value holds is looked at. */
  readonly plain: boolean;
  /** The name is sent as another one. */
  readonly renames: boolean;
  /** A short text that stood here last and is clean: many values are one of a few words. */
  lastClean: string | undefined;
  /** How many texts here in turn were not known: ids and messages hardly come again, and are not looked up then. */
  misses: number;
  /** The entry that came after this one last time: objects of one kind have their keys in one order. */
  next: EntryPlan;
}

const MAX_PLANS = 2048;
const MAX_KEY_LENGTH = 256;

/** The plans of one place. */
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

  /** The plan for the key that comes after an entry. */
  after(before: EntryPlan, key: string): EntryPlan {
    const plan = this.of(key);
    if (key.length <= MAX_KEY_LENGTH) before.next = plan;
    return plan;
  }

  of(key: string): EntryPlan {
    const known = this.known.get(key);
    if (known) return known;
    const made = this.make(key);
    if (key.length > MAX_KEY_LENGTH) return made;
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
      renames: own !== undefined && own.name !== key,
      lastClean: undefined,
      misses: 0,
      next: undefined,
    };
    plan.next = plan as EntryPlan;
    return plan as EntryPlan;
  }

  /** Also cuts the chains, so that no entry keeps all that ever came after it. */
  private forget(): void {
    for (const plan of this.known.values()) plan.next = plan;
    this.known.clear();
    this.start.next = this.start;
  }
}

/** Whether values inside have to know of the name. */
function affectsValues({ versions, cookies, headers, words, vendor }: KeyFacts): boolean {
  return versions || cookies || headers || words || vendor !== undefined;
}

function isHarmless(key: string, own: KeyFacts | undefined, { container: reading }: FieldContext): boolean {
  if (key === 'value' || mayBeSecretMember(key) || own === undefined || own.cookies || own.vendor) return false;
  if (reading === 'graphql-variables' || reading === 'graphql-response') return false;
  return ruleOfName(own, reading) === undefined;
}

/** The plans of all places, for one set of rules. */
export class EntryPlans {
  private readonly byField: FieldPlans[] = [];

  constructor(private readonly keys: KeyRules) {}

  of(field: FieldContext): FieldPlans {
    return this.byField[field.id] ?? (this.byField[field.id] = new FieldPlans(this.keys, field));
  }
}
