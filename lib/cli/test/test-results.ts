import { isLoopback } from '../../client/own-addresses.js';
import { causeOf } from '../../delivery/failure-causes.js';
import { compileScrubber } from '../../scrubbing/index.js';
import { painter } from '../colour.js';
import { type Terminal } from '../terminal.js';
import { visibleText } from '../visible-text.js';
import { linkOf } from './item-links.js';
import type { TestRun } from './send-test-items.js';
import type { AnsweredItem } from './test-transport.js';
import type { TestType } from './test-type.js';

/** What is printed of an item. */
export interface TestResult {
  type: TestType;
  /** As in the envelope: `event`, `transaction`, `span`, `check_in`, `log`, `trace_metric`. */
  item?: string;
  /** Of the event, of the check-in, or of the trace. */
  id?: string;
  /** Of a check-in. */
  checkIn?: string;
  accepted: boolean;
  /** Of the response. */
  status?: number;
  /** Why it was not accepted: `http_403`, `ECONNREFUSED`, `not_sent`. */
  reason?: string;
  /** What that means, and what the receiver says. */
  detail?: string;
  fix?: string;
  link?: string;
}

const MOST_QUOTED = 300;

export function resultsOf(run: TestRun, dsn: string, variables: NodeJS.ProcessEnv): TestResult[] {
  const scrubber = compileScrubber({}, { isOwnAddress: isLoopback });
  const quote = (text: string) => visibleText(String(scrubber.inspect(text).output), MOST_QUOTED);
  return [
    ...run.items.map((item) => resultOf(item, dsn, variables, quote)),
    ...run.unsent.map((type) => unsentResult(type, run.dropped)),
  ];
}

function resultOf(
  sent: AnsweredItem,
  dsn: string,
  variables: NodeJS.ProcessEnv,
  quote: (text: string) => string,
): TestResult {
  const { type, item, id, checkIn, answer } = sent;
  const { status, reason } = answer;
  const result = { type, item, id, ...(checkIn && { checkIn }), ...(status && { status }) };
  if (reason !== undefined) {
    const { what, check } = causeOf(reason, new URL(dsn).host);
    const detail = answer.detail ? `${what}; ${quote(answer.detail)}` : what;
    return { ...result, accepted: false, reason, detail, fix: check };
  }
  const link = linkOf(sent, dsn, variables);
  const hasOtherId = item === 'event' && answer.id !== undefined && answer.id !== id;
  const detail = hasOtherId ? `stored as ${quote(answer.id ?? '')}` : quote(answer.detail);
  return { ...result, accepted: true, ...(detail && { detail }), ...(link !== undefined && { link }) };
}

/** The scrubber could not take it, or the SDK does not send such items. */
function unsentResult(type: TestType, dropped: Readonly<Record<string, number>>): TestResult {
  const reasons = Object.keys(dropped).join(', ');
  return {
    type,
    accepted: false,
    reason: 'not_sent',
    detail: reasons ? `it was dropped: ${reasons}` : 'the SDK has not passed it on',
    fix: 'Check the version of @sentry/nestjs with npx nestjs-error-tracker doctor',
  };
}

export function printResults(results: readonly TestResult[], terminal: Terminal): void {
  const paint = painter(terminal.colours.out);
  for (const { type, item, id, checkIn, accepted, status, reason, detail, fix, link } of results) {
    const answer = accepted
      ? paint('good', `accepted (${status})`)
      : paint('bad', `${status === undefined ? 'failed' : 'refused'} (${reason})`);
    const subject = id === undefined ? [] : [item === 'event' ? 'event' : nameOf(item), checkIn, id];
    terminal.out([paint('strong', type.padEnd(11)), answer, ...subject.filter(Boolean)].join('  '));
    for (const line of [detail, fix && `${fix}.`, link]) if (line) terminal.out(`             ${line}`);
  }
  const count = results.filter(({ accepted }) => accepted).length;
  const all = count === results.length;
  terminal.out(paint(all ? 'good' : 'bad', `${count} of ${results.length} accepted.`));
}

/** Items without an id of their own have that of their trace. */
function nameOf(item: string | undefined): string {
  if (item === 'check_in') return 'check-in';
  return item === 'transaction' ? 'transaction' : 'trace';
}
