import { type InboxItem } from '../inbox/index.js';
import { visibleText } from './visible-text.js';

/** One line for a received error or message, with a link to it; undefined for any other item. */
export function describeEvent(item: InboxItem, url: string): string | undefined {
  if (item.type !== 'event' || typeof item.payload !== 'object' || item.payload === null) return undefined;
  const event = item.payload as Record<string, unknown>;
  const id = typeof event.event_id === 'string' && /^[0-9a-f]{32}$/i.test(event.event_id) ? event.event_id : item.id;
  const level = textOf(event.level) || 'error';
  return `${item.receivedAt.slice(11, 19)} ${visibleText(level, 10)} ${visibleText(titleOf(event))} ${url}/#/event/${id}`;
}

function titleOf(event: Record<string, unknown>): string {
  const { values } = objectOf(event.exception);
  const thrown = Array.isArray(values) ? objectOf(values.at(-1)) : {};
  const title = [textOf(thrown.type), textOf(thrown.value)].filter(Boolean).join(': ');
  const entry = objectOf(event.logentry);
  return title || textOf(event.message) || textOf(entry.formatted) || textOf(entry.message) || '(no message)';
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
