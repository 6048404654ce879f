/** Errors as thrown by the packages of payment providers, with card data that must be scrubbed. */

/** Concatenated, so that the source lines in stack frames do not contain it. */
const NUMBER = ['5555', '5555', '5555', '4444'].join('');
const CARD = {
  brand: 'visa',
  last4: NUMBER.slice(-4),
  exp_month: 12,
  exp_year: 2031,
  fingerprint: ['Xt5EWLLD', 'S7FJjR1c'].join(''),
};

class StripeCardError extends Error {
  readonly type = 'StripeCardError';
  readonly rawType = 'card_error';
  readonly code = 'card_declined';
  readonly decline_code = 'insufficient_funds';
  readonly statusCode = 402;
  readonly requestId = 'req_Wm3fGJd0qkVYzk';
  readonly charge = 'ch_3MtwBwLkdIwHu7ix28a3tqPa';
  readonly payment_intent = {
    id: 'pi_3MtwBwLkdIwHu7ix0kqT8uKS',
    amount: 1999,
    currency: 'eur',
    status: 'requires_payment_method',
  };
  readonly payment_method = { id: 'pm_1', card: CARD };
  readonly raw = { type: 'card_error', advice_code: 'try_again_later', payment_method: { card: CARD } };
}

const paypalBody = {
  name: 'UNPROCESSABLE_ENTITY',
  message: 'The requested action could not be performed.',
  debug_id: '90957fca61718',
  details: [
    {
      field: '/payment_source/card/number',
      value: NUMBER,
      issue: 'INSTRUMENT_DECLINED',
      description: 'declined',
    },
  ],
};

export const providerErrors: Record<string, () => unknown> = {
  stripe: () => new StripeCardError('Your card has insufficient funds.'),
  'stripe-cause': () =>
    Object.assign(new Error('no payment', { cause: new StripeCardError('declined') }), { name: 'PaymentFailed' }),
  'stripe-axios': () =>
    Object.assign(new Error('Request failed with status code 402'), {
      name: 'AxiosError',
      isAxiosError: true,
      code: 'ERR_BAD_REQUEST',
      config: { url: 'https://api.stripe.com/v1/charges', method: 'post' },
      response: {
        status: 402,
        headers: { 'request-id': 'req_9dQ1' },
        data: {
          error: {
            type: 'card_error',
            code: 'expired_card',
            decline_code: 'expired_card',
            doc_url: 'https://stripe.com/docs',
          },
        },
      },
    }),
  'paypal-server-sdk': () =>
    Object.assign(new Error('Unprocessable'), {
      statusCode: 422,
      result: paypalBody,
      body: JSON.stringify(paypalBody),
    }),
  'paypal-checkout-sdk': () => Object.assign(new Error(JSON.stringify(paypalBody)), { statusCode: 422, headers: {} }),
  'paypal-rest-sdk': () =>
    Object.assign(new Error('Response Status : 422'), {
      httpStatusCode: 422,
      response: { ...paypalBody, httpStatusCode: 422 },
    }),
  'paypal-axios': () =>
    Object.assign(new Error('Request failed with status code 422'), {
      isAxiosError: true,
      config: {},
      response: { status: 422, data: paypalBody },
    }),
  adyen: () =>
    Object.assign(new Error('Unable to decrypt data'), {
      name: 'HttpClientException',
      statusCode: 422,
      errorCode: '174',
      responseBody: JSON.stringify({
        status: 422,
        errorCode: '174',
        errorType: 'validation',
        pspReference: '8816178952380553',
      }),
    }),
};
