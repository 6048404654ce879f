import { read, readNumber, readText } from '../../grouping/index.js';
import { headerOf } from '../header.js';

const CLASS = /^Stripe\w*Error$/;

/**
 * Reads errors of `stripe`, and responses of its API if it is called without that package.
 *
 * @see https://docs.stripe.com/api/errors
 */
export function stripeFacts(error: unknown): Record<string, unknown> | undefined {
  const type = readText(error, 'type');
  if (type !== undefined && CLASS.test(type)) return facts(error, read(error, 'raw'), type);
  const response = read(error, 'response');
  const body = read(read(response, 'data') ?? read(response, 'body'), 'error');
  if (!isStripeBody(body)) return undefined;
  const { requestId, ...rest } = facts(body, undefined, readText(body, 'type'));
  return {
    ...rest,
    status: readNumber(response, 'status') ?? readNumber(response, 'statusCode'),
    requestId: requestId ?? headerOf(response, 'request-id'),
  };
}

/** Other services use similar error types, so this checks for values that only Stripe sends. */
function isStripeBody(body: unknown): boolean {
  const isOfStripe = (key: string) => readText(body, key)?.includes('stripe.com') === true;
  return readText(body, 'type') === 'card_error' || isOfStripe('doc_url') || isOfStripe('request_log_url');
}

function facts(error: unknown, raw: unknown, type: string | undefined): Record<string, unknown> {
  const text = (key: string) => readText(error, key) ?? readText(raw, key);
  const intent = read(error, 'payment_intent') ?? read(raw, 'payment_intent');
  return {
    provider: 'stripe',
    type,
    code: text('code') ?? text('rawType') ?? readText(raw, 'type'),
    declineCode: text('decline_code'),
    networkDeclineCode: text('network_decline_code'),
    adviceCode: text('advice_code'),
    status: readNumber(error, 'statusCode') ?? readNumber(raw, 'statusCode'),
    requestId: text('requestId'),
    charge: text('charge'),
    param: text('param'),
    paymentMethodType: text('payment_method_type'),
    paymentIntent: typeof intent === 'string' ? intent : readText(intent, 'id'),
    setupIntent: readText(read(error, 'setup_intent') ?? read(raw, 'setup_intent'), 'id'),
    amount: readNumber(intent, 'amount'),
    currency: readText(intent, 'currency'),
  };
}
