import * as Sentry from '@sentry/browser';

const byId = (id) => document.getElementById(id);
const metaTag = (name) => document.querySelector(`meta[name="${name}"]`).content;
/** `/?direct` sends to Sentry itself, as without a tunnel: ad blockers drop that. */
const isDirect = new URLSearchParams(location.search).has('direct');

Sentry.init({
  dsn: metaTag('sentry-dsn'),
  environment: metaTag('sentry-environment'),
  release: metaTag('sentry-release'),
  tunnel: isDirect ? undefined : '/monitoring',
  integrations: [Sentry.browserTracingIntegration()], // continues the trace of the request for this page
  tracesSampleRate: 1,
  tracePropagationTargets: [location.origin], // and the API continues that of the page
});

/** The payment provider is down for this card: see src/payments/test-cards.ts. */
const CARD = { number: '4000 0000 0000 0119', expiry: '12/30', cvc: '737' };
let account;

async function post(path, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${path} responded ${response.status}`);
  return response.json();
}

function say(text) {
  byId('outcome').textContent = text;
}

async function signIn() {
  account = Object.fromEntries(new FormData(byId('account')));
  await post('/auth/register', account).catch(() => undefined); // there is such an account
  await post('/auth/login', account); // sets a cookie, which no script can read
  byId('shop').disabled = false;
  say(`Welcome, ${account.email}.`);
}

/** A bug of the page, which says more than it should: the message is scrubbed by the API. */
function redeemVoucher() {
  say('The voucher could not be redeemed.');
  throw new TypeError(`no voucher of ${account.email} for card ${CARD.number}, password=${account.password}`);
}

/** A bug of the API: nobody handles the rejection, so that the page reports an error in the same trace. */
async function pay() {
  say('The payment has failed.');
  const { id: orderId } = await post('/orders', { lines: [{ sku: 'pot', quantity: 1 }] });
  await post('/payments', { orderId, card: CARD });
  say('Paid.');
}

byId('account').addEventListener('submit', (event) => {
  event.preventDefault();
  signIn().catch(() => say('That password is wrong.'));
});
byId('voucher').addEventListener('click', redeemVoucher);
byId('pay').addEventListener('click', pay);
byId('tunnel').textContent = isDirect
  ? `Errors go to ${new URL(metaTag('sentry-dsn')).host} itself: ad blockers drop them.`
  : 'Errors go through /monitoring of this server, which scrubs them.';
