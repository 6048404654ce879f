import { messageOf, read, readNumber, readText } from '../../grouping/index.js';
import { headerOf } from '../header.js';
import { jsonBody } from './json-body.js';

const MAX_ISSUES = 10;

/**
 * Reads responses of PayPal's API: `@paypal/paypal-server-sdk` keeps them in `result`, `@paypal/checkout-server-sdk` as
 * JSON in the message, `paypal-rest-sdk` in `response`, HTTP clients in the data of their response. Only issue and field
 * of the details are read: the value may be a card number.
 *
 * @see https://developer.paypal.com/api/rest/responses/#link-failedrequests
 */
export function paypalFacts(error: unknown): Record<string, unknown> | undefined {
  const response = read(error, 'response');
  const candidates = [
    read(error, 'result'),
    read(response, 'data'),
    read(response, 'body'),
    response,
    read(error, 'body'),
    messageOf(error),
    error,
  ];
  for (const candidate of candidates) {
    const body = jsonBody(candidate);
    const debugId = readText(body, 'debug_id') ?? readText(body, 'debugId');
    const name = readText(body, 'name');
    if (debugId !== undefined && name !== undefined) return facts(error, body, debugId, name);
  }
  const debugId = headerOf(error, 'paypal-debug-id') ?? headerOf(response, 'paypal-debug-id');
  const code = candidates.map((candidate) => readText(jsonBody(candidate), 'error')).find((text) => text !== undefined);
  return debugId === undefined ? undefined : { provider: 'paypal', code, status: statusOf(error, undefined), debugId };
}

function facts(error: unknown, body: unknown, debugId: string, name: string): Record<string, unknown> {
  const details = read(body, 'details');
  const list = Array.isArray(details) ? (details as unknown[]).slice(0, MAX_ISSUES) : [];
  const issues = list.map((detail) => ({ issue: readText(detail, 'issue'), field: readText(detail, 'field') }));
  const issue = issues.find((detail) => detail.issue !== undefined)?.issue;
  return {
    provider: 'paypal',
    type: name,
    code: issue ?? name,
    status: statusOf(error, body),
    debugId,
    issues: issues.length > 0 ? issues : undefined,
  };
}

function statusOf(error: unknown, body: unknown): number | undefined {
  const response = read(error, 'response');
  return (
    readNumber(error, 'statusCode') ??
    readNumber(error, 'httpStatusCode') ??
    readNumber(response, 'status') ??
    readNumber(response, 'statusCode') ??
    readNumber(body, 'httpStatusCode')
  );
}
