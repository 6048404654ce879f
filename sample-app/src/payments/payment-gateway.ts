import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Card } from './card.js';
import { GatewayError } from './gateway-error.js';
import { testCards } from './test-cards.js';

const SLOW_MILLISECONDS = 900;

export interface Charge {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
}

/** A fake of a payment provider's SDK; it moves no money. */
@Injectable()
export class PaymentGateway {
  private readonly charges = new Map<string, Promise<Charge>>();

  /**
   * @param key - the same key charges once, however often and at how many places it is asked
   * @throws GatewayError - if the card is declined or the provider is unavailable; the key can be used again
   */
  charge(card: Card, amount: number, currency: string, key: string): Promise<Charge> {
    const known = this.charges.get(key);
    if (known) return known;
    const charge = this.attempt(card, amount, currency);
    this.charges.set(key, charge);
    charge.catch(() => this.charges.delete(key));
    return charge;
  }

  private async attempt(card: Card, amount: number, currency: string): Promise<Charge> {
    const outcome = testCards.get(card.number.replaceAll(' ', ''));
    if (outcome === 'provider_down') throw GatewayError.unavailable();
    if (outcome === 'slow') await wait(SLOW_MILLISECONDS);
    else if (outcome) throw GatewayError.declined(outcome);
    return { id: `ch_${randomUUID()}`, amount, currency };
  }
}
