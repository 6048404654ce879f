import { processWide } from './process-wide.js';

export type Class = new (...args: never[]) => unknown;
type Listener = (copy: Class) => void;

interface Copies {
  readonly classes: Class[];
  /** The latest: a copy is loaded while an application is put together, not later. */
  readonly listeners: Listener[];
}

/** Of each list. A test runner that resets its modules loads many copies. */
const MAX_LENGTH = 20;
const copies = processWide('class-copies', () => new Map<string, Copies>());

function copiesOf(name: string): Copies {
  const known = copies.get(name) ?? { classes: [], listeners: [] };
  copies.set(name, known);
  return known;
}

/** Tells the other copies of this package, such as the CommonJS and the ES build, of a class that this one exports. */
export function shareClass(name: string, own: Class): void {
  const { classes, listeners } = copiesOf(name);
  classes.push(own);
  if (classes.length > MAX_LENGTH) classes.shift();
  for (const listener of listeners) listener(own);
}

/** Calls a function with the class of each other copy, also of one that is loaded later. */
export function onClassCopy(name: string, own: Class, listener: Listener): void {
  const { classes, listeners } = copiesOf(name);
  for (const copy of classes) if (copy !== own) listener(copy);
  listeners.push((copy) => {
    if (copy !== own) listener(copy);
  });
  if (listeners.length > MAX_LENGTH) listeners.shift();
}
