const JUDGED_NAMES: ReadonlySet<string> = new Set(
  'parameters variables inputs parameterValues queryParams sqlParams params bindings binds bind values args arguments splat replacements rows data records ExpressionAttributeValues'.split(
    ' ',
  ),
);

/** Attributes in which instrumentations send the parameters of a statement: `db.sql.parameters`, `db.postgresql.values`. */
const STATEMENT_VALUES = /^(?:db|sql)\.(?:[\w.]{1,40}\.)?(?:parameters|params|bindings|binds|values|args)$/;
/** OpenTelemetry's attribute of one of them: `db.query.parameter.0`. */
const STATEMENT_VALUE = /^db\.(?:query|statement)\.parameter\.(.{1,100})$/;

/** Whether other members of the object may explain the value of this one: a statement, a template, a header. */
export function isJudgedBySiblings(key: string): boolean {
  return JUDGED_NAMES.has(key) || holdsStatementValues(key);
}

export function holdsStatementValues(key: string): boolean {
  return STATEMENT_VALUES.test(key);
}

/** The name or the position of the parameter that is in this attribute; undefined if it holds none. */
export function statementParameter(key: string): string | undefined {
  return key.startsWith('db.') ? STATEMENT_VALUE.exec(key)?.[1] : undefined;
}
