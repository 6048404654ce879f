import { nameOf, read, readCode, readNumber, readText } from '../../grouping/index.js';

const OF_TWILIO = /^https:\/\/(?:www\.)?twilio\.com\/docs\//;

const EXCEPTIONS = new Set(['RestException', 'TwilioServiceException']);

/** Errors of `twilio`, whose codes are documented with the link that they have, and of its API without that package. */
export function twilioFacts(error: unknown): Record<string, unknown> | undefined {
  const data = read(read(error, 'response'), 'data');
  const source = [error, data].find((each) => OF_TWILIO.test(linkOf(each) ?? ''));
  const isRefused = EXCEPTIONS.has(readText(read(error, 'constructor'), 'name') ?? '');
  if (!source && !isRefused) return undefined;
  return {
    provider: 'twilio',
    code: readCode(source ?? error) ?? String(readNumber(error, 'status') ?? ''),
    status: readNumber(error, 'status') ?? readNumber(source, 'status'),
  };
}

function linkOf(source: unknown): string | undefined {
  return readText(source, 'moreInfo') ?? readText(source, 'more_info');
}

/** Errors of `@sendgrid/mail` and `@sendgrid/client`. */
export function sendgridFacts(error: unknown): Record<string, unknown> | undefined {
  const body = read(read(error, 'response'), 'body') ?? read(read(error, 'response'), 'data');
  const errors = read(body, 'errors');
  const isOwn = readText(read(error, 'constructor'), 'name') === 'ResponseError' && nameOf(error) === 'Error';
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (!Array.isArray(errors) || (!isOwn && !readText(first, 'help')?.includes('sendgrid'))) return undefined;
  const status = readNumber(error, 'code') ?? readNumber(read(error, 'response'), 'status');
  return {
    provider: 'sendgrid',
    channel: 'email',
    code: readText(first, 'field') ?? (status === undefined ? undefined : String(status)),
    status,
    reason: readText(first, 'message'),
  };
}
