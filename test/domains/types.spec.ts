import { defineDomain, TrackOperation, type ErrorTracker } from '../../lib/index';

interface ReturnsData {
  parcel: number;
  reason?: string;
}

declare module '../../lib/options/domain-options' {
  interface Domains {
    returns: ReturnsData;
  }
}

/** Checked by the compiler, where each expected error that is none is an error; never run. */
export function wrongShapes(tracker: ErrorTracker, error: unknown): void {
  const shipping = defineDomain<{ carrier: string; weight?: number }>('shipping', {
    tags: ['carrier'],
    fingerprint: (_error, data) => [data.carrier ?? 'none'],
  });
  tracker.captureDomainError(shipping, error, { carrier: 'acme' });
  tracker.captureDomainError(shipping, error);
  tracker.captureDomainError('returns', error, { parcel: 1 });
  tracker.captureDomainError('payment', error, { amount: 12.5, anything: true });
  defineDomain('returns', { tags: ['reason'] });
  defineDomain('plain', { tags: { team: 'x' }, fingerprint: ['all'] });
  TrackOperation('a', { domain: shipping });
  TrackOperation('b', { domain: 'returns' });

  // @ts-expect-error -- a number is no carrier
  tracker.captureDomainError(shipping, error, { carrier: 5 });
  // @ts-expect-error -- the carrier is missing
  tracker.captureDomainError(shipping, error, { weight: 5 });
  // @ts-expect-error -- no property of the domain
  tracker.captureDomainError(shipping, error, { carrier: 'acme', colour: 'red' });
  // @ts-expect-error -- a string is no number
  tracker.captureDomainError('returns', error, { parcel: 'one' });
  // @ts-expect-error -- an amount is a number or a string
  tracker.capturePaymentError(error, { amount: true });
  // @ts-expect-error -- no domain of this name
  tracker.captureDomainError('unheard', error);
  // @ts-expect-error -- no property of the data
  defineDomain<ReturnsData>('returns', { tags: ['colour'] });
  // @ts-expect-error -- no level of Sentry
  defineDomain('levelled', { level: 'severe' });
  // @ts-expect-error -- no domain of this name
  TrackOperation('c', { domain: 'unheard' });
}

test('the compiler refuses data of the wrong shape', () => {
  expect(wrongShapes).toBeInstanceOf(Function);
});
