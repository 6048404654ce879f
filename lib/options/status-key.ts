/**
 * A status code or a class of status codes. Exact codes win over `'4xx'` and `'5xx'`.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({ capture: { status: { '5xx': 1, '4xx': 0.01, 403: 1 } } });
 * ```
 */
export type StatusKey = number | '4xx' | '5xx';
