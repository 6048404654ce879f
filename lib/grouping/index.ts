export { databaseFacts, type DatabaseFacts } from './database/database-facts.js';
export { compileGrouping, type Grouping } from './grouping.js';
export { type GroupingEvent, type GroupingFacts } from './grouping-event.js';
export { groupKey } from './group-key.js';
export { normalizeMessage } from './message-pattern.js';
export { pathPattern, transactionPattern } from './path-pattern.js';
export { normalizeStatement } from './sql-statement.js';
export { type SqlDialect } from './sql-tokens.js';
export { statementFacts, type StatementFacts } from './statement-facts.js';
