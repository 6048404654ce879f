import type { Event } from '@sentry/nestjs';
import { isActive } from '../client/state.js';
import { stats } from '../stats/stats.js';
import { differencesOf, type Difference } from './differences.js';
import { factsOf, titleOf } from './event-facts.js';
import type { EventMatch, SpanMatch } from './matches.js';
import { cut, isScrubbed, printed, printedText } from './printed.js';
import type { TestSpan } from './test-span.js';

const MOST_SHOWN = 3;
const MOST_LENGTH = 4_000;

interface Candidate {
  readonly title: string;
  readonly differences: Difference[];
}

export function matchingEvents(events: Event[], match: EventMatch): Event[] {
  return events.filter((event) => differencesOf(match, factsOf(event)).length === 0);
}

export function matchingSpans(spans: TestSpan[], match: SpanMatch): TestSpan[] {
  return spans.filter((span) => differencesOf(match, span).length === 0);
}

/** @param unended - the names of what was still running */
export function describeMissingEvent(match: EventMatch, events: Event[], unended: string[]): string {
  const candidates = events.map((event) => ({
    title: titleOf(event),
    differences: differencesOf(match, factsOf(event)),
  }));
  return describeMissing({
    kind: 'event',
    match,
    candidates,
    notes: [...notReported(events.length), ...running(unended)],
  });
}

/** @param unended - the names of what was still running */
export function describeMissingSpan(match: SpanMatch, spans: TestSpan[], unended: string[]): string {
  const candidates = spans.map((span) => ({
    title: [span.op, span.name].filter(Boolean).join(' '),
    differences: differencesOf(match, span),
  }));
  return describeMissing({ kind: 'span', match, candidates, notes: running(unended) });
}

/** @param expected - `one event`, `no event` */
export function describeUnexpected(expected: string, match: EventMatch, found: Event[]): string {
  const shown = found.slice(0, MOST_SHOWN).map((event, at) => `  ${at + 1}. ${printedText(titleOf(event))}`);
  const received = found.length === 1 ? '1 event' : `${found.length} events`;
  return bounded([
    `Expected ${expected}${Object.keys(match).length > 0 ? ' with' : ''}`,
    ...expectation(match),
    `Received ${received}:`,
    ...shown,
    ...more(found.length),
  ]);
}

interface Missing {
  kind: string;
  match: object;
  candidates: Candidate[];
  notes: string[];
}

function describeMissing({ kind, match, candidates, notes }: Missing): string {
  const closest = candidates.sort((one, other) => one.differences.length - other.differences.length);
  const shown = closest
    .slice(0, MOST_SHOWN)
    .flatMap(({ title, differences }, at) => [
      `  ${at + 1}. ${printedText(title)}`,
      ...differences.flatMap(({ path, expected, received }) => [
        `       ${path}: expected ${printed(path, expected)}${isScrubbed(path, expected) ? SCRUBBED : ''}`,
        `       ${' '.repeat(path.length)}  received ${printed(path, received)}`,
      ]),
    ]);
  const count = candidates.length;
  return bounded([
    `Expected one ${kind}${Object.keys(match).length > 0 ? ' with' : ''}`,
    ...expectation(match),
    count === 0
      ? `Received no ${kind}.`
      : `Received ${count} ${kind}${count === 1 ? '' : 's'}${count > 1 ? ', the closest first' : ''}:`,
    ...shown,
    ...more(count),
    ...notes,
  ]);
}

const SCRUBBED = ' (shown scrubbed: this value is never sent)';

function expectation(match: object): string[] {
  return Object.entries(match).flatMap(([key, value]) =>
    value === undefined ? [] : `  ${key}: ${printed(key, value)}`,
  );
}

function more(count: number): string[] {
  return count > MOST_SHOWN ? [`  … and ${count - MOST_SHOWN} more`] : [];
}

/** Why there may be no event. */
function notReported(count: number): string[] {
  if (!isActive()) {
    return [
      'Sentry is not started: call captureEvents() at the top of the file, or import SentryTestingModule.forTest().',
    ];
  }
  const { ignored, sampledOut, throttled } = stats.capture;
  const reasons = [
    ignored > 0 ? `${ignored} ignored, by status or capture.ignore` : [],
    sampledOut > 0 ? `${sampledOut} not sampled` : [],
    throttled > 0 ? `${throttled} throttled` : [],
  ].flat();
  if (reasons.length > 0) return [`Failures that were not reported: ${reasons.join('; ')}.`];
  return count === 0 ? ['No failure was seen either.'] : [];
}

function running(unended: string[]): string[] {
  if (unended.length === 0) return [];
  const names = [...new Set(unended)].slice(0, MOST_SHOWN).map(printedText);
  return [`Still running, and not awaited any longer: ${names.join(', ')}.`];
}

function bounded(lines: string[]): string {
  return cut(lines.join('\n'), MOST_LENGTH);
}
