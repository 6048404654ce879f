import '../shared/instrument.js';
import 'reflect-metadata';
import { Controller, Get, Module, Param, Query } from '@nestjs/common';
import { CommandBus, CqrsModule, EventBus, QueryBus, UnhandledExceptionBus } from '@nestjs/cqrs';
import { EventEmitter2, EventEmitterModule } from '@nestjs/event-emitter';
import * as Sentry from '@sentry/nestjs';
import { SentryModule } from 'nestjs-error-tracker';
import { SentryEventsModule } from 'nestjs-error-tracker/events';
import { firstValueFrom, isObservable } from 'rxjs';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';
import { isBare, WithoutSentry } from '../shared/without-sentry.js';
import * as handlers from './handlers.js';

const { MODULE, EVENTS, RETHROW } = process.env;
/** What the application has been told of by CQRS. */
const unhandled: string[] = [];

const make = (name: string, how: string): any => new (handlers as any)[name](how);

@Controller()
class Front {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly events: EventBus,
    private readonly emitter: EventEmitter2,
  ) {}

  @Get('emit/:event')
  async emit(@Param('event') event: string, @Query('how') how = 'fine') {
    return { handlers: (await this.emitter.emitAsync(event, how)).length };
  }

  @Get('command/:name/:how')
  async command(@Param('name') name: string, @Param('how') how: string, @Query('handled') handled?: string) {
    Sentry.setTag('set-by', 'the request');
    try {
      return { value: await this.commands.execute(make(name, how)) };
    } catch (error) {
      if (handled) return { handled: String((error as Error).message ?? error) };
      throw error;
    }
  }
  /** Fails itself, after its command. */
  @Get('after/:name')
  async after(@Param('name') name: string) {
    await this.commands.execute(make(name, 'fine'));
    throw new Error('failure after a command');
  }
  /** What a handler that is not asynchronous returns, before anything is awaited. */
  @Get('now/:how')
  now(@Param('how') how: string) {
    try {
      return { value: this.commands.execute(make('CancelOrder', how)) };
    } catch (error) {
      return { thrown: (error as Error).message };
    }
  }
  @Get('query/:name/:how')
  async query(@Param('name') name: string, @Param('how') how: string) {
    const value: any = await this.queries.execute(make(name, how));
    return { value: isObservable(value) ? await firstValueFrom(value) : value };
  }
  @Get('publish/:name/:how')
  publish(@Param('name') name: string, @Param('how') how: string) {
    this.announce(name, how);
    return { published: name };
  }
  announce(name: string, how: string) {
    this.events.publish(make(name, how));
  }
  execute(name: string, how: string) {
    return this.commands.execute(make(name, how));
  }
}

const providers = Object.values(handlers).filter((each: any) => /Handler$|^Sagas$|^Stock$/.test(each.name));

@Module({
  imports: [
    isBare ? WithoutSentry : SentryModule.forRoot(JSON.parse(MODULE ?? '{}')),
    ...(EVENTS && !isBare ? [SentryEventsModule.forRoot(JSON.parse(EVENTS))] : []),
    EventEmitterModule.forRoot(),
    CqrsModule.forRoot({ rethrowUnhandled: RETHROW === '1' }),
  ],
  controllers: [Front],
  providers: providers as any[],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  app
    .get(UnhandledExceptionBus)
    .subscribe(({ exception }: any) => unhandled.push(String(exception.message ?? exception)));
  const front = app.get(Front);
  answerTests(app, await listen(app), async (message) => {
    if (typeof message === 'string') return undefined;
    const { publish, execute, how = 'fine', told } = message;
    // Outside of requests.
    if (publish) {
      front.announce(publish, how);
      return { publish };
    }
    if (execute) return { execute: await front.execute(execute, how).then(String, (error: any) => String(error)) };
    if (told) return { told: unhandled.splice(0) };
    return undefined;
  });
}
void main();
