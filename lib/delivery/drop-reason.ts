/**
 * Why an item is dropped, as counted in `status().delivery.dropped`, and the reason in Sentry's client reports.
 *
 * @see https://develop.sentry.dev/sdk/telemetry/client-reports/#envelope-item-payload
 */
const SDK_REASONS = {
  spool_full: 'cache_overflow',
  too_large: 'cache_overflow',
  spool_expired: 'cache_overflow',
  spool_damaged: 'internal_sdk_error',
  scrubbing_failed: 'internal_sdk_error',
  queue_overflow: 'queue_overflow',
  client_closed: 'queue_overflow',
  ratelimit_backoff: 'ratelimit_backoff',
} as const;

export type DropReason = keyof typeof SDK_REASONS | `http_${number}`;
export type SdkDropReason = (typeof SDK_REASONS)[keyof typeof SDK_REASONS] | 'send_error';

/** The reason in Sentry's client reports. */
export function sdkReason(reason: DropReason): SdkDropReason {
  return reason in SDK_REASONS ? SDK_REASONS[reason as keyof typeof SDK_REASONS] : 'send_error';
}
