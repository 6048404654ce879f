/** What is shown while nothing is selected. */
export const EMPTY_SCRIPT = String.raw`
function emptyNode() {
  if (!loaded) return el('p', { class: 'note' }, 'Loading');
  const dsn = document.querySelector('meta[name=inbox-dsn]').content;
  const any = inbox.items().length > 0;
  const sample = el('button', { type: 'button', class: 'button primary' }, 'Send a sample error');
  sample.addEventListener('click', sendSample);
  return el('div', { class: 'empty' },
    el('h1', null, any ? 'Select an item on the left' : 'Waiting for the first event'),
    el('p', null, any
      ? 'New items appear automatically. Everything stays on this machine.'
      : 'In development, an application without SENTRY_DSN reports here automatically. Any other application does with this DSN:'),
    el('div', { class: 'dsn' }, el('code', null, dsn), copyButton('Copy', () => dsn)),
    !any && [
      el('pre', { class: 'json' }, 'SENTRY_DSN=' + dsn + ' node dist/main.js'),
      el('p', null, 'or, from a shell:'),
      el('pre', { class: 'json' }, "curl -d '{\"message\":\"hello\"}' " + location.origin + '/api/1/store/'),
      el('p', null, sample)]);
}

function sendSample() {
  const now = Date.now() / 1000;
  const body = {
    level: 'error', platform: 'node', environment: 'sample', transaction: 'POST /orders/:id/payment', timestamp: now,
    exception: { values: [{ type: 'SampleError', value: 'A sample error sent from the inbox page', mechanism: { type: 'sample', handled: true } }] },
    breadcrumbs: [{ timestamp: now - 1.2, category: 'operation', message: 'sample.pay started' }, { timestamp: now - 0.1, category: 'operation', level: 'error', message: 'sample.pay failed' }],
    tags: { sample: 'yes' },
  };
  fetch('/api/1/store/', { method: 'POST', body: JSON.stringify(body) });
}
`;
