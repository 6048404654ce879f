// The names that the blocks of docs/recipes.md leave open, at run time: see test/docs/open-names.ts.
export { Catch, Injectable, Module, UnauthorizedException } from '@nestjs/common';
export { ErrorTracker, SentryModule, TrackOperation, initSentry } from 'nestjs-error-tracker';

export class CardDeclinedError extends Error {}
export class GatewayDown extends Error {}
export class PaymentGateway {
  charge({ id }: { id: string }): Promise<{ id: string }> {
    if (id === 'declined') return Promise.reject(new CardDeclinedError('insufficient funds'));
    if (id === 'down') return Promise.reject(new GatewayDown('no answer'));
    return Promise.resolve({ id });
  }
}
export class InvoicesService {
  send({ customerId }: { customerId: string }): Promise<void> {
    return Promise.reject(new Error(`no invoice of ${customerId}`));
  }
}
/** The class that has the members of a block. */
export class Members {}
export const isOutage = (error: unknown): boolean => String(error).includes('ECONNREFUSED');

/** What a recipe of several tenants, and one of a function, is given. */
export const given: {
  tracker?: any;
  renew?: (tenant: string) => Promise<void>;
  application?: Promise<any>;
  handle?: (app: any, event: any) => Promise<unknown>;
} = {};
export const tenants = ['acme', 'globex'];
export const renew = (tenant: string): Promise<void> => given.renew!(tenant);
export const handle = (app: any, event: any): Promise<unknown> => given.handle!(app, event);
export const tracker = new Proxy({}, { get: (_target, name) => given.tracker[name].bind(given.tracker) });
export const application = { then: (...handlers: [any, any]) => given.application!.then(...handlers) };
