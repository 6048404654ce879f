import type { Breadcrumb, Event } from '@sentry/nestjs';
import { differencesOf } from './differences.js';
import { titleOf } from './event-facts.js';
import type { ExpectedBreadcrumb } from './matches.js';
import { cut, printed, printedText } from './printed.js';

const MOST_SHOWN = 20;
const MOST_LENGTH = 4_000;

/** @returns what is missing; undefined if the event has these breadcrumbs in this order */
export function missingBreadcrumbs(event: Event, expected: ExpectedBreadcrumb[]): string | undefined {
  const breadcrumbs = event.breadcrumbs ?? [];
  const found: number[] = [];
  for (const each of expected) {
    const from = (found.at(-1) ?? -1) + 1;
    const at = breadcrumbs.findIndex((breadcrumb, index) => index >= from && matches(breadcrumb, each));
    if (at < 0) return describe(event, breadcrumbs, expected, found);
    found.push(at);
  }
  return undefined;
}

function matches(breadcrumb: Breadcrumb, expected: ExpectedBreadcrumb): boolean {
  return differencesOf(expected, breadcrumb).length === 0;
}

function describe(event: Event, breadcrumbs: Breadcrumb[], expected: ExpectedBreadcrumb[], found: number[]): string {
  const missing = expected[found.length] ?? {};
  const last = found.at(-1);
  const elsewhere = breadcrumbs.findIndex((breadcrumb) => matches(breadcrumb, missing));
  const first = Math.max(0, breadcrumbs.length - MOST_SHOWN);
  const lines = breadcrumbs.slice(first).map((breadcrumb, index) => {
    const at = first + index;
    return `  ${found.includes(at) ? '✓' : ' '} ${at + 1}. ${line(breadcrumb)}`;
  });
  const text = [
    `Expected a breadcrumb${last === undefined ? '' : ` after number ${last + 1}`} with`,
    ...Object.entries(missing).map(([key, value]) => `  ${key}: ${printed(key, value)}`),
    ...(elsewhere < 0 ? [] : [`It is number ${elsewhere + 1}, which is too early.`]),
    `Received on ${printedText(titleOf(event))}:`,
    ...(first > 0 ? [`  … ${first} earlier`] : []),
    ...(lines.length > 0 ? lines : ['  no breadcrumbs']),
  ];
  return cut(text.join('\n'), MOST_LENGTH);
}

function line({ category = '', message = '', data }: Breadcrumb): string {
  return `${category}: ${printedText(message)}${data ? ` ${cut(printed('data', data).replace(/\s+/g, ' '), 120)}` : ''}`;
}
