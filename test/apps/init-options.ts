/** Options for `initSentry` from a variable: `{ "regExp": "^a" }` stands for a regular expression, which JSON lacks. */
export function initOptions(json = '{}') {
  return JSON.parse(json, (_key, value) => (value?.regExp ? new RegExp(value.regExp) : value));
}
