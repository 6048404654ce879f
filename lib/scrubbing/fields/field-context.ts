import { NAME, OPEN } from '../texts/rule-kinds.js';

/** How the entries of a container are read. */
export type ContainerKind =
  'cookies' | 'tags' | 'attributes' | 'contexts' | 'span' | 'graphql-variables' | 'graphql-response';

/** A kind of place in an item: which rules hold there, and what the places below it are. */
export interface FieldContext {
  /** Counts the places. */
  readonly id: number;
  /** Kinds of text rules, see text-kinds. */
  readonly kinds: number;
  /** Names of entries are judged. */
  readonly checksNames: boolean;
  readonly container: ContainerKind | undefined;
  /** Lists of the protocol that are never cut by breadth. */
  readonly unbounded: boolean;
  /** Entries whose names belong to the protocol: those names are not judged. */
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
  /** Default: the place itself, at every depth. */
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

/** The elements of a list, each such a place; also as `{ values: […] }`, Sentry's older form. */
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

/** Data of the application and its users: every rule holds. */
export const DATA = fieldContext({});
/** Names, ids, versions and numbers of the protocol: nothing is judged by name. */
export const PROTOCOL = fieldContext({ kinds: NAME, checksNames: false });
