import type { AlertNotification } from '../../options/alert-options.js';
import { detailsOf, headingOf, linkText, oneLine } from './wording.js';

const MAX_SUBJECT = 200;

export function subjectOf(notification: AlertNotification): string {
  const { severity, environment } = notification;
  return oneLine(`[${severity}] ${headingOf(notification)} (${environment})`, MAX_SUBJECT);
}

export function textOf(notification: AlertNotification): string {
  const { alerts, omitted = 0 } = notification;
  if (!alerts) return bodyOf(notification);
  const parts = alerts.map(bodyOf);
  if (omitted > 0) parts.push(`and ${omitted} more`);
  return parts.join('\n\n----\n\n');
}

function bodyOf(notification: AlertNotification): string {
  const { message, url, tags } = notification;
  const details = [...detailsOf(notification), ...Object.entries(tags)];
  return [headingOf(notification), message, details.map((pair) => pair.join(': ')).join('\n'), url]
    .filter(Boolean)
    .join('\n\n');
}

export function htmlOf(notification: AlertNotification): string {
  const { alerts, omitted = 0 } = notification;
  const parts = (alerts ?? [notification]).map(partOf);
  if (omitted > 0) parts.push(`<p>and ${omitted} more</p>`);
  return `<!doctype html><html><body style="font-family:sans-serif">${parts.join('<hr>')}</body></html>`;
}

function partOf(notification: AlertNotification): string {
  const { message, url, tags } = notification;
  const rows = [...detailsOf(notification), ...Object.entries(tags)].map(
    ([name, value]) => `<tr><th align="left">${escaped(name)}</th><td>${escaped(value)}</td></tr>`,
  );
  const isLink = url !== undefined && /^https?:\/\//i.test(url);
  return [
    `<h2>${escaped(headingOf(notification))}</h2>`,
    message === '' ? '' : `<pre>${escaped(message)}</pre>`,
    `<table cellpadding="4">${rows.join('')}</table>`,
    isLink ? `<p><a href="${escaped(url)}">${linkText(notification)}</a></p>` : '',
  ].join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
