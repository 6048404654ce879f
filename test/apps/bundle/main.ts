// Bundled with everything inside, and run beside packages that it does not use.
import './instrument.js';
import 'reflect-metadata';
import {
  ArgumentsHost,
  BadRequestException,
  Catch,
  Controller,
  Get,
  Inject,
  Injectable,
  MiddlewareConsumer,
  mixin,
  Module,
  Sse,
} from '@nestjs/common';
import { ApolloDriver } from '@nestjs/apollo';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import { EventEmitter2, EventEmitterModule, OnEvent } from '@nestjs/event-emitter';
import { Args, GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import { ClientProxy, ClientsModule, MessagePattern, RpcException, Transport } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { ErrorTracker, SentryModule } from 'nestjs-error-tracker';
import { catchError, lastValueFrom, of, throwError } from 'rxjs';

const RPC_PORT = Number(process.env.RPC_PORT);

@Catch()
class CatchAll {
  constructor(private readonly host: HttpAdapterHost) {}
  catch(error: any, host: ArgumentsHost) {
    if (host.getType() !== 'http') throw error;
    const status = error.getStatus?.() ?? 500;
    this.host.httpAdapter.reply(host.switchToHttp().getResponse(), { caught: error.message }, status);
  }
}

@Controller()
class CatsController {
  constructor(
    @Inject('RPC') private readonly client: ClientProxy,
    @Inject(EventEmitter2) private readonly emitter: EventEmitter2,
  ) {}
  @Get('boom')
  boom() {
    throw new Error('boom in a bundle');
  }
  @Get('bad')
  bad() {
    throw new BadRequestException('expected');
  }
  @Sse('stream')
  stream() {
    return throwError(() => new Error('stream in a bundle'));
  }
  @Get('rpc')
  rpc() {
    return lastValueFrom(this.client.send('cats.fail', {}));
  }
  @Get('refused')
  refused() {
    return lastValueFrom(this.client.send('cats.refuse', {}).pipe(catchError((answer) => of({ answer }))));
  }
  @Get('event')
  event() {
    return this.emitter.emit('cats.lost');
  }
  @MessagePattern('cats.refuse')
  refuse() {
    throw new RpcException('refused in a bundle');
  }
  @MessagePattern('cats.fail')
  fail() {
    throw new Error('message in a bundle');
  }
}

@Injectable()
class CatsListener {
  @OnEvent('cats.lost')
  lost() {
    throw new Error('listener in a bundle');
  }
}

/** Its class is named after a random id. */
function madeController() {
  @Controller('made')
  class Made {
    @Get()
    fails() {
      throw new Error('made in a bundle');
    }
  }
  return mixin(Made);
}

@WebSocketGateway({ path: '/ws' })
class CatsGateway {
  @SubscribeMessage('fail')
  fail() {
    throw new Error('gateway in a bundle');
  }
}

@Resolver('Cat')
class CatsResolver {
  @Query('cat')
  cat(@Args('id') id: string) {
    throw new Error(`resolver in a bundle, ${id}`);
  }
}

@Injectable()
class Settings {
  constructor() {
    if (process.env.FAILS) throw new Error('constructor in a bundle');
  }
}

@Injectable()
class FailingMiddleware {
  use() {
    throw new Error('middleware in a bundle');
  }
}

@Module({
  imports: [
    SentryModule.forRoot(),
    GraphQLModule.forRoot({
      driver: ApolloDriver,
      typeDefs: 'type Query { cat(id: ID): String }',
      playground: false,
      introspection: true,
    }),
    EventEmitterModule.forRoot(),
    ClientsModule.register([{ name: 'RPC', transport: Transport.TCP, options: { port: RPC_PORT } }]),
  ],
  controllers: [CatsController, madeController()],
  providers: [CatsGateway, CatsListener, CatsResolver, Settings],
})
class AppModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(FailingMiddleware).forRoutes('middleware');
  }
}

async function main() {
  const app =
    process.env.PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter())
      : await NestFactory.create(AppModule);
  app.useWebSocketAdapter(new WsAdapter(app));
  app.useGlobalFilters(new CatchAll(app.get(HttpAdapterHost)));
  app.connectMicroservice({ transport: Transport.TCP, options: { port: RPC_PORT } });
  app.enableShutdownHooks();
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  process.on('message', (message) => {
    if (message !== 'status') return;
    const tracker = app.get(ErrorTracker);
    void tracker.flush('5s').then((flushed) => process.send!({ ...tracker.status(), flushed }));
  });
  process.send!({ port: app.getHttpServer().address().port });
}
void main();
