import { inspect } from 'node:util';
import { clientState } from '../client/state.js';
import { compileScrubber, Pseudonyms, type Scrubber } from '../scrubbing/index.js';

const MOST_TEXT = 200;
const MOST_LENGTH = 400;

let fallback: Scrubber | undefined;

/** What is printed ends up in the logs of a CI: secrets are removed from it, also where the test sends them. */
function scrubber(): Scrubber {
  return clientState.scrubber ?? (fallback ??= compileScrubber({}, { pseudonyms: new Pseudonyms(undefined, '') }));
}

/** @param path - of the value: `user.email` */
export function printed(path: string, value: unknown): string {
  const key = path.slice(path.lastIndexOf('.') + 1);
  const isText = value instanceof RegExp;
  const { output } = scrubber().inspect({ [key]: isText ? String(value) : value });
  const clean = (output as Record<string, unknown> | null)?.[key];
  return cut(isText ? String(clean) : inspect(clean, INSPECT), MOST_LENGTH);
}

/** Whether scrubbing changes what a test expects, so that no event can have it. */
export function isScrubbed(path: string, value: unknown): boolean {
  const key = path.slice(path.lastIndexOf('.') + 1);
  return scrubber().inspect({ [key]: value }).removed.length > 0;
}

export function printedText(text: string): string {
  return cut(scrubber().text(text).replaceAll('\n', ' '), MOST_TEXT);
}

const INSPECT = { depth: 3, breakLength: 100, maxArrayLength: 10, maxStringLength: MOST_TEXT, compact: 3 };

export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
