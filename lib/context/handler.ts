import type { Handler } from './execution.js';

/** Written as decorated classes are compiled: a bundler that renames this one renames those of the application, too. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- only its name counts
const ByItsAuthor = class ByItsAuthor {};
// Compared with strings, which no bundler touches.
const keepsNames = ByItsAuthor.name === 'ByItsAuthor';
/** esbuild tells a class from its variable by a number. */
const numbersNames = /^ByItsAuthor\d+$/.test(ByItsAuthor.name);

/** Nest's `mixin()` names its class after a random id. */
const GENERATED = /^[0-9a-f]{21}$|^(?:class|default|anonymous|_class|_default)(?:_\d+)?$/i;

/**
 * The name of a class, if its author gave it: one that Nest or a bundler has made differs from one start or build to the
 * next, and identifies nothing.
 *
 * @returns an empty string if there is none
 */
export function classNameOf(type: { name?: unknown } | undefined): string {
  const name = type?.name;
  if (typeof name !== 'string' || GENERATED.test(name)) return '';
  if (keepsNames) return name;
  return numbersNames ? name.replace(/\d+$/, '') : '';
}

/** @param callback - the method itself, which carries the metadata of decorators */
export function handlerOf(type: object, method: string, callback: object | undefined): Handler {
  return { controller: classNameOf(type), method, type, callback };
}

/** `CatsController.findAll`; the method alone if its class has no name of its own. */
export function handlerName({ controller, method }: Handler): string {
  return controller ? `${controller}.${method}` : method;
}
