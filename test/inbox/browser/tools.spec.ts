import { HOSTILE, paymentError } from './fixtures';
import { argumentsOf, describeInbox } from './inbox-page';

describeInbox('the tools of the page', (inbox) => {
  test('counts, search, environments and tags', async () => {
    const other = { event_id: 'e'.repeat(32), environment: 'staging', tags: { tenant: 'globex' }, user: { id: 'u2' } };
    await inbox.deliver(['event', paymentError([], other)]);
    const third = { fingerprint: ['other'], event_id: 'f'.repeat(32), transaction: 'GET /orders', exception: { values: [{ type: 'OrderError' }] } }; // prettier-ignore
    await inbox.deliver(['event', paymentError([], third)]);
    await inbox.open();
    expect(await inbox.rows()).toEqual(['OrderError', 'PaymentError']);
    expect(await inbox.textOf('#list .count')).toEqual(['×2']);
    expect(await inbox.page.$$eval('#list .timeline', (lines) => lines.map((line) => line.getAttribute('title')))).toEqual([expect.stringMatching(/^1 occurrence since/), expect.stringMatching(/^2 occurrences since/)]); // prettier-ignore

    const search = async (query: string): Promise<string[]> => {
      await inbox.page.$eval('#filter', (input, value) => {
        (input as unknown as { value: string }).value = value;
        input.dispatchEvent(new Event('input'));
      }, query); // prettier-ignore
      return inbox.rows();
    };
    expect(await search('tenant:globex')).toEqual(['PaymentError']);
    expect(await inbox.textOf('#list .count')).toEqual([]);
    expect(await search('route:/orders')).toEqual(['OrderError']);
    expect(await search('user:u2')).toEqual(['PaymentError']);
    expect(await search('user:u')).toEqual([]);
    expect(await search('gatewaytimeout')).toEqual(['PaymentError']); // its cause
    expect(await search('!user:u2 tenant:ac* "not paid"')).toEqual(['PaymentError']);
    expect(await search('')).toEqual(['OrderError', 'PaymentError']);

    await inbox.page.select('#environment', 'staging');
    expect(await inbox.rows()).toEqual(['PaymentError']);
    await inbox.page.select('#environment', '');
    await inbox.page.click('#list li:last-child .row');
    await (await inbox.shown('.chip')).click();
    expect(await inbox.page.$eval('#filter', (input) => (input as unknown as { value: string }).value)).toBe(
      'tenant:globex',
    );
  });

  test('keys move, search, switch views and themes, and explain themselves', async () => {
    const background = () => inbox.page.evaluate('getComputedStyle(document.body).backgroundColor');
    await inbox.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await inbox.open();
    const dark = await background();
    await inbox.page.keyboard.press('j');
    await inbox.shown('article.event');
    await inbox.page.keyboard.press('t');
    await inbox.shown('article.trace');
    await inbox.page.keyboard.press('Escape');
    expect(await inbox.page.evaluate('location.hash')).toBe('#/traces');
    await inbox.page.keyboard.press('1');
    expect(await inbox.page.evaluate('location.hash')).toBe('#/errors');
    await inbox.page.keyboard.press('/');
    await inbox.page.keyboard.type('j?nothing');
    expect(await inbox.textOf('#list .note')).toEqual(['Nothing matches.']);
    await inbox.page.keyboard.press('Escape');
    await inbox.page.keyboard.press('?');
    expect((await inbox.textOf('#help')).join()).toContain('route:/orders');
    await inbox.page.keyboard.press('Escape');
    expect(await inbox.page.$('#help:not([hidden])')).toBeNull();
    await inbox.page.keyboard.press('d');
    expect(await background()).not.toBe(dark);
    await inbox.page.reload();
    expect(await background()).not.toBe(dark); // it is kept
    await inbox.page.click('#theme');
    expect(await background()).toBe(dark);
  });

  test('a copied command passes what was sent, and runs nothing', async () => {
    await inbox.open(`#/event/${'c'.repeat(32)}`);
    const passed = argumentsOf(await inbox.copied('Copy request as curl'));
    expect(passed.slice(0, 5)).toEqual(['--globoff', '-X', 'POST', '--url', 'http://localhost/payments']);
    expect(passed.slice(5)).toEqual(['-H', `x-note: ${HOSTILE}`, '--data-raw', JSON.stringify({ note: HOSTILE })]);
    expect(await inbox.copied('Copy request as curl')).not.toContain('\u001b');
    const body = argumentsOf(await inbox.copied('Copy item as curl')).at(-1)!;
    expect(JSON.parse(body.split('\n')[2]!)).toEqual(inbox.inbox.items({ type: 'event' })[0]!.payload);
    expect(JSON.parse(await inbox.copied('Copy JSON'))).toEqual(inbox.inbox.items({ type: 'event' })[0]!.payload);
  });
});
