import { thisFile } from '../optional-dependencies/this-file.js';
import type { Handler } from './execution.js';

const isBundled = !/[\\/]this-file\.[jt]s$/.test(thisFile);

/** A minifier that renames this class renames those of the application, too. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- only its name counts
class ByItsAuthor {}
// Compared with an expression, which no minifier touches.
const keepsNames = /^ByItsAuthor\d*$/.test(ByItsAuthor.name);

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
  if (!isBundled) return name;
  // A bundler tells classes of one name, or a class and its variable, by a number.
  return keepsNames ? name.replace(/\d+$/, '') : '';
}

/** @param callback - the method itself, which carries the metadata of decorators */
export function handlerOf(type: object, method: string, callback: object | undefined): Handler {
  return { controller: classNameOf(type), method, type, callback };
}

/** `CatsController.findAll`; the method alone if its class has no name of its own. */
export function handlerName({ controller, method }: Handler): string {
  return controller ? `${controller}.${method}` : method;
}
