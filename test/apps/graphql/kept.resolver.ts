import { Injectable, UseGuards } from '@nestjs/common';
import { Resolver, Subscription } from '@nestjs/graphql';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Cat, cat } from './cat.types.js';

const storage = new AsyncLocalStorage<string>();
const kept = () => cat(1, { name: storage.getStore() ?? 'nothing' });

/** As the guard of nestjs-cls does. */
@Injectable()
class EnteringGuard {
  canActivate() {
    storage.enterWith('of the guard');
    return true;
  }
}

/** What an application keeps in an AsyncLocalStorage is there while its source is read. */
@Resolver(() => Cat)
export class KeptResolver {
  @Subscription(() => Cat, {
    resolve: (event: Cat) => ({ ...event, name: `${event.name}, ${kept().name}` }),
    filter: (event: Cat) => event.name === kept().name,
    nullable: true,
  })
  @UseGuards(EnteringGuard)
  async *keptByGuard() {
    yield kept();
    await new Promise((resolve) => setTimeout(resolve, 1));
    yield kept();
  }
}
