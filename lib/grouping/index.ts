export { databaseFacts } from './database/database-facts.js';
export {
  databaseMessage,
  isMessageOf,
  withoutDetailValues,
  withoutMessage,
  type KnownQuery,
} from './database/error-text.js';
export type { DatabaseFacts } from './database/driver-facts.js';
export { messageOf, nameOf, read, readCode, readNumber, readText, typeNames } from './error-shape.js';
export { compileGrouping, type Grouping } from './grouping.js';
export { type GroupingEvent, type GroupingFacts } from './grouping-event.js';
export { groupKey } from './group-key.js';
export { normalizeMessage } from './message-pattern.js';
export { noteOutboundCall, outboundCallOf, type OutboundCall } from './outbound-calls.js';
export { outboundFacts, undiciResponse, type OutboundFacts } from './outbound-facts.js';
export { pathPattern, transactionPattern } from './path-pattern.js';
export { authErrorKind } from './presets/auth.js';
export { normalizeStatement } from './sql-statement.js';
export { dialectOf, type SqlDialect } from './sql-tokens.js';
export { statementFacts, type StatementFacts } from './statement-facts.js';
