import type { Form } from './descriptive-forms.js';
import type { PersonalKind } from './personal-names.js';

/** What a key says about its value. Computed once for each key. */
export interface KeyFacts {
  /** The kind of personal data in the value, if the application has it replaced. */
  readonly personal: PersonalKind | undefined;
  /** Bytes of the name as JSON. */
  readonly bytes: number;
  /** The name under which the value is sent. */
  readonly name: string;
  /** The rule that removes the value; undefined if the name is harmless. */
  readonly rule: string | undefined;
  /** The same if the key is the name of a header. */
  readonly headerRule: string | undefined;
  /** The same if the key is the name of a cookie. */
  readonly cookieRule: string | undefined;
  /** The same if the key is the name of a tag. */
  readonly tagRule: string | undefined;
  /** A number under this key counts or measures something: it is kept. */
  readonly counts: boolean;
  /** The value holds cookies: a `Cookie` or `Set-Cookie` header. */
  readonly cookies: boolean;
  /** Some of the values may be cookies: hapi calls those of a request its `state`. */
  readonly mayHoldCookies: boolean;
  /** Dotted numbers in the value are versions, not IP addresses. */
  readonly versions: boolean;
  /** The value is a list that alternates header names and values. */
  readonly headers: boolean;
  /** The value is a list of command-line words. */
  readonly words: boolean;
  /** An object here describes a session or a way to authenticate: its keys stay, and what reveals nothing. */
  readonly holds: boolean;
  /** The value holds messages by the names of fields, or one message. */
  readonly messages: boolean;
  /** Matches the keys of the vendor, or the signatures, that the name mentions. */
  readonly vendor: RegExp | undefined;
  /** Matches values that only describe the secret that the name mentions: they are kept. */
  readonly descriptive: Form | undefined;
  /** An object here says where the secret is: `secretKeyRef`. */
  readonly refers: boolean;
}

/** A name of which only its rule is known, in every place. */
export function factsOfRule(name: string, bytes: number, rule: string): KeyFacts {
  return {
    name,
    bytes,
    rule,
    headerRule: rule,
    cookieRule: rule,
    tagRule: rule,
    counts: false,
    cookies: false,
    mayHoldCookies: false,
    versions: false,
    headers: false,
    words: false,
    holds: false,
    messages: false,
    personal: undefined,
    vendor: undefined,
    descriptive: undefined,
    refers: false,
  };
}
