import { outboundCallOf, outboundFacts, read, readNumber, readText, undiciResponse } from '../grouping/index.js';
import type { FactReader } from './domain-rule.js';
import { firstInCauses } from './error-links.js';
import { headerOf } from './header.js';
import { httpMessage } from './http-message.js';

/** Reads the failed call from the error of an HTTP client. */
export const externalApiFacts: FactReader = (error) =>
  firstInCauses(error, (link) => {
    const facts = outboundFacts(link);
    if (!facts) return undefined;
    const call = outboundCallOf(link);
    const response = read(link, 'response') ?? undiciResponse(link);
    const total = readNumber(read(read(link, 'timings') ?? read(response, 'timings'), 'phases'), 'total'); // got
    const sent = read(link, 'config') ?? read(link, 'options');
    return {
      ...facts,
      method: /^[A-Z]+(?= \/)/.exec(facts.endpoint ?? '')?.[0],
      responseTime: call?.responseTime ?? total,
      retryAfter: retryAfterOf(response),
      requestId: readText(response, 'requestId') ?? headerOf(response, 'x-request-id'),
      request: httpMessage(
        call?.requestHeaders ?? read(sent, 'headers'),
        read(sent, 'data') ?? read(sent, 'json') ?? read(sent, 'body'),
      ),
      response: httpMessage(read(response, 'headers'), read(response, 'data') ?? read(response, 'body')),
    };
  });

/** Seconds, or a date as the service has sent it. */
function retryAfterOf(response: unknown): number | string | undefined {
  const value = headerOf(response, 'retry-after');
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : value?.slice(0, 64);
}
