import { Injectable, NotFoundException, Scope } from '@nestjs/common';
import { CommandBus, CommandHandler, EventsHandler, ofType, QueryHandler, Saga, type ICommand } from '@nestjs/cqrs';
import { OnEvent } from '@nestjs/event-emitter';
import * as Sentry from '@sentry/nestjs';
import { Report } from 'nestjs-error-tracker';
import { map, of, type Observable } from 'rxjs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a handler does: 'fails', 'missing', 'text', 'marks', 'quiet', or nothing. */
async function act(how: string, who: string) {
  await sleep(1);
  actNow(how, who);
  return `${who} done`;
}
function actNow(how: string, who: string) {
  Sentry.setTag('set-by', who);
  Sentry.setUser({ id: `user of ${who}` });
  Sentry.addBreadcrumb({ category: 'handler', message: `crumb of ${who}` });
  if (how === 'fails') throw new Error(`failure of ${who}`);
  if (how === 'missing') throw new NotFoundException(`missing for ${who}`);
  if (how === 'text') throw `text of ${who}`;
  if (how === 'ignored') throw new IgnoredError(who);
  if (how === 'captured') {
    const error = new Error(`captured by ${who}`);
    Sentry.captureException(error);
    throw error;
  }
}
export class IgnoredError extends Error {}

export class PlaceOrder {
  constructor(readonly how: string) {}
}
@CommandHandler(PlaceOrder)
export class PlaceOrderHandler {
  execute({ how }: PlaceOrder) {
    return act(how, 'a command');
  }
}

export class CancelOrder {
  constructor(readonly how: string) {}
}
/** Not asynchronous. */
@CommandHandler(CancelOrder)
export class CancelOrderHandler {
  execute({ how }: CancelOrder): any {
    actNow(how, 'a synchronous command');
    return 'cancelled';
  }
}

export class ShipOrder {
  constructor(readonly how: string) {}
}
@CommandHandler(ShipOrder, { scope: Scope.REQUEST })
export class ShipOrderHandler {
  execute({ how }: ShipOrder) {
    return act(how, 'a scoped command');
  }
}

export class Checkout {
  constructor(readonly how: string) {}
}
@CommandHandler(Checkout)
export class CheckoutHandler {
  constructor(private readonly commands: CommandBus) {}
  async execute({ how }: Checkout) {
    Sentry.setTag('outer', 'a checkout');
    return this.commands.execute(new PlaceOrder(how));
  }
}

export class FindOrder {
  constructor(readonly how: string) {}
}
@QueryHandler(FindOrder)
export class FindOrderHandler {
  execute({ how }: FindOrder) {
    return act(how, 'a query');
  }
}
export class StreamOrders {}
@QueryHandler(StreamOrders)
export class StreamOrdersHandler {
  async execute() {
    return of('one', 'two');
  }
}

export class OrderPlaced {
  constructor(readonly how: string) {}
}
@EventsHandler(OrderPlaced)
export class OrderPlacedHandler {
  handle({ how }: OrderPlaced) {
    return act(how, 'an event');
  }
}
export class OrderCancelled {
  constructor(readonly how: string) {}
}
/** Not asynchronous. */
@EventsHandler(OrderCancelled)
export class OrderCancelledHandler {
  handle({ how }: OrderCancelled) {
    actNow(how, 'a synchronous event');
  }
}
export class OrderShipped {
  constructor(readonly how: string) {}
}
@EventsHandler(OrderShipped, { scope: Scope.REQUEST } as never)
@Injectable({ scope: Scope.REQUEST })
export class OrderShippedHandler {
  handle({ how }: OrderShipped) {
    return act(how, 'a scoped event');
  }
}
export class OrderPaid {
  constructor(readonly how: string) {}
}
@EventsHandler(OrderPaid)
export class OrderPaidHandler {
  @Report({ ignore: [IgnoredError] })
  handle({ how }: OrderPaid) {
    return act(how, 'a paid event');
  }
}
@EventsHandler(OrderPaid)
export class OtherOrderPaidHandler {
  handle({ how }: OrderPaid) {
    return act(how, 'another paid event');
  }
}

/** What a saga reacts to. */
export class SagaBegan {
  constructor(readonly how: string) {}
}
export class SagaBroke {}

@Injectable()
export class Sagas {
  @Saga()
  shipping = (events: Observable<any>): Observable<ICommand> =>
    events.pipe(
      ofType(SagaBegan),
      map(({ how }) => new ShipOrder(how)),
    );
  @Saga()
  broken = (events: Observable<any>): Observable<ICommand> =>
    events.pipe(
      ofType(SagaBroke),
      map(() => {
        throw new Error('failure of a saga');
      }),
    );
}

@Injectable()
export class Stock {
  @OnEvent('stock.low')
  low(how: string) {
    return act(how, 'a listener');
  }
}
