/**
 * The entry point `nestjs-error-tracker/alerts`: alert rules, channels and stores.
 *
 * @packageDocumentation
 */
export { Alerts } from './alerts.js';
export { defineAlerts } from './define-alerts.js';
export { errorCount } from './rules/error-count.js';
export { errorRate } from './rules/error-rate.js';
export { consecutiveFailures } from './rules/consecutive-failures.js';
export { jobFailed } from './rules/job-failed.js';
export { missedCron } from './rules/missed-cron.js';
export { newError } from './rules/new-error.js';
export { regression } from './rules/regression.js';
export { slow } from './rules/slow.js';
export { standardRules, type StandardRuleOptions } from './rules/standard-rules.js';
export { consoleChannel } from './channels/console.js';
export { email, type EmailOptions, type TransportOptions } from './channels/email.js';
export { jira, type JiraOptions } from './channels/jira.js';
export { pagerDuty, type PagerDutyOptions } from './channels/pager-duty.js';
export { slack, type SlackOptions } from './channels/slack.js';
export { webhook, type WebhookOptions } from './channels/webhook.js';
export { memoryStore, type MemoryStoreOptions } from './store/memory-store.js';
export { redisStore, type RedisLike, type RedisStoreOptions } from './store/redis-store.js';
export type { AlertMessage } from './running-alerts.js';
export type * from '../options/alert-options.js';
export type { Duration } from '../options/duration.js';
export type { StatusKey } from '../options/status-key.js';
