import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { TrackOperation } from 'nestjs-error-tracker';

@Resolver()
export class PaymentsResolver {
  @Query(() => String)
  price() {
    return '12.50';
  }

  @Query(() => String, { name: 'balance' })
  @TrackOperation({ critical: true })
  async readBalance() {
    return '100.00';
  }

  /** Calls another server, which receives the trace headers. */
  @Query(() => String)
  async rates(@Args('url') url: string) {
    return (await fetch(url)).text();
  }

  @Mutation(() => String, { nullable: true })
  pay(@Args('fail', { nullable: true }) fail?: boolean) {
    if (fail) throw new Error('the payment fails');
    return 'paid';
  }

  @Mutation(() => String)
  refund() {
    return 'refunded';
  }
}
