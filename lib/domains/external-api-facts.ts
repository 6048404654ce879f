import { outboundFacts, read, readNumber, readText } from '../grouping/index.js';
import type { FactReader } from './domain-rule.js';
import { firstInCauses } from './error-links.js';
import { headerOf } from './header.js';

/** Reads the failed call from the error of an HTTP client. */
export const externalApiFacts: FactReader = (error) =>
  firstInCauses(error, (link) => {
    const facts = outboundFacts(link);
    if (!facts) return undefined;
    const response = read(link, 'response');
    const total = readNumber(read(read(link, 'timings') ?? read(response, 'timings'), 'phases'), 'total'); // got
    return {
      ...facts,
      method: /^[A-Z]+(?= \/)/.exec(facts.endpoint ?? '')?.[0],
      responseTime: total,
      requestId: readText(response, 'requestId') ?? headerOf(response, 'x-request-id'),
    };
  });
