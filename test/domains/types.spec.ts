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

/** Checked by the compiler, which reports every unused `@ts-expect-error`; never run. */
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

  // @ts-expect-error -- a carrier is not a number
  tracker.captureDomainError(shipping, error, { carrier: 5 });
  // @ts-expect-error -- the carrier is missing
  tracker.captureDomainError(shipping, error, { weight: 5 });
  // @ts-expect-error -- not a property of the domain
  tracker.captureDomainError(shipping, error, { carrier: 'acme', colour: 'red' });
  // @ts-expect-error -- a parcel is not a string
  tracker.captureDomainError('returns', error, { parcel: 'one' });
  // @ts-expect-error -- an amount is a number or a string
  tracker.capturePaymentError(error, { amount: true });
  // @ts-expect-error -- no domain with this name
  tracker.captureDomainError('unheard', error);
  // @ts-expect-error -- not a property of the data
  defineDomain<ReturnsData>('returns', { tags: ['colour'] });
  // @ts-expect-error -- not a Sentry level
  defineDomain('levelled', { level: 'severe' });
  // @ts-expect-error -- no domain with this name
  TrackOperation('c', { domain: 'unheard' });
}

test('the compiler rejects data of the wrong shape', () => {
  expect(wrongShapes).toBeInstanceOf(Function);
});
