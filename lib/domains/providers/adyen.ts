import { nameOf, read, readNumber, readText } from '../../grouping/index.js';
import { headerOf } from '../header.js';
import { jsonBody } from './json-body.js';

/** Errors of `@adyen/api-library`, which keeps the API's response as JSON. */
export function adyenFacts(error: unknown): Record<string, unknown> | undefined {
  if (nameOf(error) !== 'HttpClientException') return undefined;
  const body = jsonBody(read(error, 'responseBody'));
  const reference =
    readText(body, 'pspReference') ?? headerOf({ headers: read(error, 'responseHeaders') }, 'pspreference');
  return {
    provider: 'adyen',
    type: readText(body, 'errorType'),
    code: readText(error, 'errorCode') ?? readText(body, 'errorCode'),
    status: readNumber(error, 'statusCode'),
    requestId: reference,
  };
}
