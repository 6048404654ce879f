const JUDGED_NAMES: ReadonlySet<string> = new Set(
  'parameters variables inputs parameterValues queryParams sqlParams params bindings binds bind values args arguments replacements rows data records ExpressionAttributeValues'.split(
    ' ',
  ),
);

/** Whether other members of the object may explain the value of this one: a statement, a template, a header. */
export function isJudgedBySiblings(key: string): boolean {
  return JUDGED_NAMES.has(key);
}
