import { NAME, OPEN } from '../texts/rule-kinds.js';

/** Containers whose entries follow rules of their own. */
export type ContainerKind =
  'cookies' | 'headers' | 'tags' | 'attributes' | 'contexts' | 'span' | 'graphql-variables' | 'graphql-response';

/** Which rules apply to a field of an item, and what the fields inside it are. */
export interface FieldContext {
  /** Consecutive number, an index into lists of what is known about each context. */
  readonly id: number;
  /** Kinds of text rules, see `texts/rule-kinds.ts`. */
  readonly kinds: number;
  /** Values may be removed because of the names of their entries. */
  readonly checksNames: boolean;
  readonly container: ContainerKind | undefined;
  /** A list of the protocol, exempt from the limit on breadth. */
  readonly unbounded: boolean;
  /** Entries whose names belong to the protocol: those names are not checked. */
  readonly children: ReadonlyMap<string, FieldContext> | undefined;
  /** Every other entry, and the elements of lists. */
  readonly rest: FieldContext;
}

interface FieldContextParts {
  kinds?: number;
  checksNames?: boolean;
  container?: ContainerKind;
  unbounded?: boolean;
  children?: Record<string, FieldContext>;
  /** Default: the context itself, at every depth. */
  rest?: FieldContext;
}

let count = 0;

export function fieldContext(parts: FieldContextParts): FieldContext {
  const made: { -readonly [Key in keyof FieldContext]: FieldContext[Key] } = {
    id: count++,
    kinds: parts.kinds ?? OPEN,
    checksNames: parts.checksNames ?? true,
    container: parts.container,
    unbounded: parts.unbounded ?? false,
    children: parts.children && new Map(Object.entries(parts.children)),
    rest: undefined as unknown as FieldContext,
  };
  made.rest = parts.rest ?? made;
  return made;
}

/** A list of such elements, also in Sentry's older format `{ values: […] }`. */
export function listOf(element: FieldContext, unbounded = false): FieldContext {
  const values = fieldContext({ kinds: element.kinds, checksNames: element.checksNames, rest: element, unbounded });
  return fieldContext({
    kinds: element.kinds,
    checksNames: element.checksNames,
    rest: element,
    unbounded,
    children: { values },
  });
}

/** Data of the application and its users: every rule applies. */
export const DATA = fieldContext({});
/** Names, ids, versions and numbers of the protocol: nothing is removed by name. */
export const PROTOCOL = fieldContext({ kinds: NAME, checksNames: false });
