import type { ErrorAttributes } from '../context/operation.js';
import { withoutCardData } from '../domains/index.js';
import { ConfigurationError } from '../options/configuration-error.js';
import { parseDuration } from '../options/duration.js';
import type { OperationOptions } from '../options/operation-options.js';
import * as schema from '../options/schema.js';

type Hook = (...args: unknown[]) => object | undefined;

/** The validated options of an operation. */
export interface Specification {
  readonly name: string;
  readonly op: string;
  readonly data?: Hook;
  readonly result?: Hook;
  /** Milliseconds; if undefined, the default of the module applies. */
  readonly slowerThan?: number;
  readonly errorAttributes?: ErrorAttributes;
  readonly root: boolean;
  readonly critical: boolean;
  /** Whether the work is an `async` function, which returns a new promise each time. */
  readonly isAsync?: boolean;
}

const shape = schema.shape({
  name: schema.text,
  op: schema.text,
  data: schema.callable,
  result: schema.callable,
  slowerThan: schema.duration,
  domain: schema.either(
    'the name of a domain, or a domain returned by defineDomain()',
    "use for example 'payment'",
    schema.text,
    schema.check('', '', (value) => typeof (value as { name?: unknown } | null)?.name === 'string'),
  ),
  tags: schema.object,
  fingerprint: schema.arrayOf(schema.text, 'strings'),
  level: schema.oneOf('fatal', 'error', 'warning', 'log', 'info', 'debug'),
  root: schema.boolean,
  critical: schema.boolean,
});

/**
 * @param path - of the options, for the message of a ConfigurationError
 * @throws ConfigurationError - if an option is unknown or invalid
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
    errorAttributes: errorAttributesOf(options),
    root,
    critical,
  };
}

/** The data of a domain operation may contain card data, like all data of that domain. */
function hookOf(
  hook: OperationOptions['data'] | OperationOptions['result'],
  { domain }: OperationOptions,
): Hook | undefined {
  const read = hook as Hook | undefined;
  if (!read || domain === undefined) return read;
  return (...args) => {
    const data = read(...args);
    return data && withoutCardData(data);
  };
}

function errorAttributesOf({
  domain: option,
  tags,
  fingerprint,
  level,
}: OperationOptions): ErrorAttributes | undefined {
  if (!option && !tags && !fingerprint && !level) return undefined;
  const domain = typeof option === 'object' ? option.name : option;
  const strings = tags && Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]));
  return { domain, tags: strings, fingerprint, level };
}
