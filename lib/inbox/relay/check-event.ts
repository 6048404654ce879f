import { fieldsOf, isHex, listOf, secondsOf, type Fields } from './payload-fields.js';
import { type Findings } from './findings.js';

/** Characters that Relay keeps of fields; the rest is cut off. */
const MAX_CHARACTERS = { transaction: 200, server_name: 256, logger: 64 } as const;
const MAX_MESSAGE = 8192;
const MAX_TYPE = 256;
const MAX_TAG = 200;
const MAX_EXTRA = 256 * 1024;
const MAX_AGE_DAYS = 30;
const MAX_AHEAD = 60;
const LEVELS = new Set(['fatal', 'error', 'warning', 'info', 'debug', 'log']);

/** What Relay does with the fields of an event or a transaction. */
export function checkEvent(event: Fields, receivedAt: number, findings: Findings): void {
  checkTimes(event, receivedAt, findings);
  checkNames(event, findings);
  checkTags(event.tags, findings);
  for (const [name, most] of Object.entries(MAX_CHARACTERS)) findings.cut(name, event[name], most);
  for (const exception of listOf(event.exception).map(fieldsOf)) {
    if (!isText(exception.type) && !isText(exception.value))
      findings.changes.push('exception without type and value: removed');
    findings.cut('type of the exception', exception.type, MAX_TYPE);
    findings.cut('value of the exception', exception.value, MAX_MESSAGE);
  }
  const { formatted, message } = fieldsOf(event.logentry);
  findings.cut('message', event.message ?? formatted ?? message, MAX_MESSAGE);
  if (event.extra !== undefined && sizeOf(event.extra) > MAX_EXTRA)
    findings.changes.push('extra has more than 256 KB: cut');
}

function checkTimes(event: Fields, receivedAt: number, { changes }: Findings): void {
  if (event.timestamp === undefined) return; // the time of arrival is the usual one
  const at = secondsOf(event.timestamp);
  if (Number.isNaN(at)) changes.push('timestamp: not a time, so the time of arrival is used');
  else if (at > receivedAt + MAX_AHEAD)
    changes.push('timestamp: more than a minute in the future, so the time of arrival is used');
  else if (at < receivedAt - MAX_AGE_DAYS * 86_400)
    changes.push('timestamp: more than 30 days ago, so the time of arrival is used');
}

function checkNames(event: Fields, { changes }: Findings): void {
  const { environment, release, level, event_id: id } = event;
  if (isText(environment) && (environment.length > 64 || /[\n\r\f/]/.test(environment) || environment === 'None'))
    changes.push('environment: has more than 64 characters, a slash or a line break, or is None: removed');
  if (
    isText(release) &&
    (release.length > 200 || /[\n\r\t\f/\\]/.test(release) || /^(?:\.|\.\.|latest)$/i.test(release))
  )
    changes.push(
      'release: has more than 200 characters, a slash or a line break, or is a name that Sentry reserves: removed',
    );
  if (level !== undefined && !LEVELS.has(textOf(level)))
    changes.push(`level ${JSON.stringify(level).slice(0, 40)}: not known, so it becomes error`);
  if (id !== undefined && !isHex(id, 32)) changes.push('event_id: not 32 hexadecimal digits: replaced');
}

function checkTags(tags: unknown, { changes }: Findings): void {
  const pairs: unknown[][] = Array.isArray(tags) ? tags.filter(Array.isArray) : Object.entries(fieldsOf(tags));
  for (const [name, value] of pairs.map((pair) => [textOf(pair[0]), textOf(pair[1])] as const)) {
    const shown = JSON.stringify(name.slice(0, 60));
    if (name === '' || name.length > MAX_TAG || !/^[\w.: -]+$/.test(name))
      changes.push(`tag ${shown}: a name has up to 200 of the characters a-z, A-Z, 0-9, _ . : and -: removed`);
    else if (value.length > MAX_TAG || value.includes('\n'))
      changes.push(`tag ${shown}: a value has up to 200 characters and no line break: removed`);
    if (changes.length > 50) return;
  }
}

/** What a transaction must have. */
export function checkTransaction(event: Fields, { rejects }: Findings): void {
  const [start, end] = [secondsOf(event.start_timestamp), secondsOf(event.timestamp)];
  if (Number.isNaN(start)) rejects.push('transaction without start_timestamp');
  if (Number.isNaN(end)) rejects.push('transaction without timestamp');
  if (end < start) rejects.push('transaction that ends before it starts');
  const trace = fieldsOf(fieldsOf(event.contexts).trace);
  if (!isHex(trace.trace_id, 32)) rejects.push('contexts.trace without a trace_id of 32 hexadecimal digits');
  if (!isHex(trace.span_id, 16)) rejects.push('contexts.trace without a span_id of 16 hexadecimal digits');
  const wrong = listOf(event.spans)
    .map(problemOfSpan)
    .find((problem) => problem !== undefined);
  if (wrong !== undefined) rejects.push(wrong);
}

function problemOfSpan(value: unknown): string | undefined {
  const span = fieldsOf(value);
  const [start, end] = [secondsOf(span.start_timestamp), secondsOf(span.timestamp)];
  if (Number.isNaN(start) || Number.isNaN(end)) return 'span without start_timestamp or timestamp';
  if (end < start) return 'span that ends before it starts';
  if (!isHex(span.trace_id, 32) || !isHex(span.span_id, 16)) return 'span without a valid trace_id or span_id';
  return undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Never runs code of a value: an object may have a field toString. */
function textOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : '';
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
