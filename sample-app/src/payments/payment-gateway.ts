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
  /** @throws GatewayError - if the card is declined or the provider is unavailable */
  async charge(card: Card, amount: number, currency: string): Promise<Charge> {
    const outcome = testCards.get(card.number.replaceAll(' ', ''));
    if (outcome === 'provider_down') throw GatewayError.unavailable();
    if (outcome === 'slow') await wait(SLOW_MILLISECONDS);
    else if (outcome) throw GatewayError.declined(outcome);
    return { id: `ch_${randomUUID()}`, amount, currency };
  }
}
