/** A status code or a class of status codes. Exact codes win over `'4xx'` and `'5xx'`. */
export type StatusKey = number | '4xx' | '5xx';
