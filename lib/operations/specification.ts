import type { OperationMarks } from '../context/operation.js';
import { withoutCardData } from '../domains/index.js';
import { ConfigurationError } from '../options/configuration-error.js';
import { parseDuration } from '../options/duration.js';
import type { OperationOptions } from '../options/operation-options.js';
import * as schema from '../options/schema.js';

type Hook = (...args: unknown[]) => object | undefined;

/** The options of an operation, checked and ready to run with. */
export interface Specification {
  readonly name: string;
  readonly op: string;
  readonly data?: Hook;
  readonly result?: Hook;
  /** Milliseconds; undefined where the module's default holds. */
  readonly slowerThan?: number;
  readonly marks?: OperationMarks;
  readonly root: boolean;
  readonly critical: boolean;
}

const shape = schema.shape({
  name: schema.text,
  op: schema.text,
  data: schema.callable,
  result: schema.callable,
  slowerThan: schema.duration,
  domain: schema.either(
    'the name of a domain, or what defineDomain() has returned',
    "write for example 'payment'",
    schema.text,
    schema.check('', '', (value) => typeof (value as { name?: unknown } | null)?.name === 'string'),
  ),
  tags: schema.object,
  fingerprint: schema.arrayOf(schema.text, 'texts'),
  level: schema.oneOf('fatal', 'error', 'warning', 'log', 'info', 'debug'),
  root: schema.boolean,
  critical: schema.boolean,
});

/**
 * @param path - where the options stand, for the message of a ConfigurationError
 * @throws ConfigurationError - where an option is unknown or cannot be used
 */
export function specify(options: OperationOptions, path: string): Specification {
  shape(options, path);
  if (!options.name) {
    throw new ConfigurationError({
      path: `${path}.name`,
      received: options.name,
      expected: 'the name of the operation',
      fix: "name it, for example tracker.track('orders.import', run)",
    });
  }
  const { name, op = 'function', data, result, slowerThan, root = false, critical = false } = options;
  return {
    name,
    op,
    data: hookOf(data, options),
    result: hookOf(result, options),
    slowerThan: slowerThan === undefined ? undefined : parseDuration(slowerThan),
    marks: marksOf(options),
    root,
    critical,
  };
}

/** What an operation of a domain notes is data of that domain. */
function hookOf(
  hook: OperationOptions['data'] | OperationOptions['result'],
  { domain }: OperationOptions,
): Hook | undefined {
  const note = hook as Hook | undefined;
  if (!note || domain === undefined) return note;
  return (...args) => {
    const noted = note(...args);
    return noted && withoutCardData(noted);
  };
}

function marksOf({ domain: given, tags, fingerprint, level }: OperationOptions): OperationMarks | undefined {
  if (!given && !tags && !fingerprint && !level) return undefined;
  const domain = typeof given === 'object' ? given.name : given;
  const strings = tags && Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]));
  return { domain, tags: strings, fingerprint, level };
}
