import { HttpProblem } from '../envelopes/http-problem.js';

/**
 * Parses `?type=&limit=` of `GET /api/items`.
 *
 * @throws {HttpProblem} 400 if `limit` is not a whole number, 1 or more
 */
export function readItemQuery(parameters: URLSearchParams): { type?: string; limit?: number } {
  const type = parameters.get('type') ?? '';
  const limit = parameters.get('limit') ?? '';
  if (limit !== '' && !/^[1-9]\d{0,8}$/.test(limit)) {
    throw new HttpProblem(
      400,
      `limit: received ${JSON.stringify(limit)}; expected a whole number, 1 or more, for example limit=50`,
    );
  }
  return { ...(type !== '' && { type }), ...(limit !== '' && { limit: Number(limit) }) };
}
