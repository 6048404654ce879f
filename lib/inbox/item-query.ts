import { HttpProblem } from './http-problem.js';

/**
 * Reads `?type=&limit=` of `GET /api/items`.
 *
 * @throws {HttpProblem} 400 where `limit` is no whole number from 1.
 */
export function readItemQuery(parameters: URLSearchParams): { type?: string; limit?: number } {
  const type = parameters.get('type') ?? '';
  const limit = parameters.get('limit') ?? '';
  if (limit !== '' && !/^[1-9]\d{0,8}$/.test(limit)) {
    throw new HttpProblem(400, `limit ${JSON.stringify(limit)}, expected a whole number from 1, for example limit=50`);
  }
  return { ...(type !== '' && { type }), ...(limit !== '' && { limit: Number(limit) }) };
}
