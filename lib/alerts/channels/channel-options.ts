import { ConfigurationError } from '../../options/configuration-error.js';
import { parseDuration } from '../../options/duration.js';
import { check, shape, type Check } from '../../options/schema.js';

/** `false`, or a duration above 0. */
export const digestCheck = check(
  "false or a duration above 0, such as '1s'",
  "use for example '10s', or false to send every notification by itself",
  (value) => value === false || (parseDuration(value) ?? 0) > 0,
);

/** A name of a channel may be sent in a header, and a secret in a path. */
export const secretText: Check = (value, path) => {
  if (typeof value === 'string' && value.trim() !== '' && !/[\r\n]/.test(value)) return;
  throw new ConfigurationError({
    path,
    received: typeof value === 'string' ? 'a text that is empty or has several lines' : value,
    expected: 'a non-empty text of one line',
    fix: `check the variable that ${path} is read from`,
  });
};

/** Any value; the channel checks it itself, without showing it. */
export const checkedLater: Check = () => undefined;

/** @throws ConfigurationError - if an option is missing, unknown or has a wrong value */
export function checkChannel(
  name: string,
  options: unknown,
  checks: Record<string, Check>,
  required: readonly string[],
): void {
  shape({ ...checks, digest: digestCheck })(options, name);
  const missing = required.find((key) => (options as Record<string, unknown>)[key] === undefined);
  if (missing === undefined) return;
  throw new ConfigurationError({
    path: `${name}.${missing}`,
    received: undefined,
    expected: 'a value: it has no default',
    fix: `add ${missing}`,
  });
}
