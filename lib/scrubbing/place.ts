import { NAME, OPEN } from './text-kinds.js';

/** How the entries of a container are read. */
export type Reading =
  'cookies' | 'tags' | 'attributes' | 'contexts' | 'span' | 'graphql-variables' | 'graphql-response';

/** A kind of place in an item: which rules hold there, and what the places below it are. */
export interface Place {
  /** Counts the places. */
  readonly id: number;
  /** Kinds of text rules, see text-kinds. */
  readonly kinds: number;
  /** Names of entries are judged. */
  readonly keys: boolean;
  readonly reading: Reading | undefined;
  /** Lists of the protocol that are never cut by breadth. */
  readonly unbounded: boolean;
  /** Entries whose names belong to the protocol: those names are not judged. */
  readonly children: ReadonlyMap<string, Place> | undefined;
  /** Every other entry, and the elements of lists. */
  readonly rest: Place;
}

interface PlaceParts {
  kinds?: number;
  keys?: boolean;
  reading?: Reading;
  unbounded?: boolean;
  children?: Record<string, Place>;
  /** Default: the place itself, at every depth. */
  rest?: Place;
}

let places = 0;

export function place(parts: PlaceParts): Place {
  const made: { -readonly [Key in keyof Place]: Place[Key] } = {
    id: places++,
    kinds: parts.kinds ?? OPEN,
    keys: parts.keys ?? true,
    reading: parts.reading,
    unbounded: parts.unbounded ?? false,
    children: parts.children && new Map(Object.entries(parts.children)),
    rest: undefined as unknown as Place,
  };
  made.rest = parts.rest ?? made;
  return made;
}

/** The elements of a list, each such a place; also as `{ values: […] }`, Sentry's older form. */
export function listOf(element: Place, unbounded = false): Place {
  const values = place({ kinds: element.kinds, keys: element.keys, rest: element, unbounded });
  return place({ kinds: element.kinds, keys: element.keys, rest: element, unbounded, children: { values } });
}

/** Data of the application and its users: every rule holds. */
export const DATA = place({});
/** Names, ids, versions and numbers of the protocol: nothing is judged by name. */
export const FIXED = place({ kinds: NAME, keys: false });
