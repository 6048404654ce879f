import { IgnoredError } from '../shared/failures.js';

/** The options of `SentryModule`. */
export const options = {
  init: process.env.START === 'late' ? {} : undefined,
  capture: { ignore: [IgnoredError] },
  user: (request: any) => request.headers?.['x-resolver'] && { id: `resolved ${request.headers['x-resolver']}` },
  context: { tags: (request: any) => ({ tenant: request.headers?.['x-tenant'] }) },
};
