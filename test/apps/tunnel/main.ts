import './instrument.js';
import 'reflect-metadata';
import { Body, Controller, Get, Header, Module, Post } from '@nestjs/common';
import { SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';

/** What of the application has seen a request. */
const seen: string[] = [];

@Controller()
class ShopController {
  @Get('seen')
  seen() {
    return seen.splice(0);
  }
  @Post('orders')
  order(@Body() body: object) {
    return body;
  }
  @Get('page')
  @Header('content-type', 'text/html')
  page() {
    return '<!doctype html><title>shop</title>';
  }
  @Get('orders/1')
  failing() {
    throw new Error('no orders today');
  }
  @Post('monitoring-of-others')
  other() {
    return { from: 'the application' };
  }
}

const { TUNNEL = '{}', TUNNEL_USER, PLATFORM, PREFIX } = process.env;
const TRUST = process.env.TRUST === '1' && ((_address: string, hop: number) => hop < 1);
const user = {
  cookie: (request: any) => ({ id: /session=(\w+)/.exec(request.headers.cookie ?? '')?.[1] }),
  late: async (request: any) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return user.cookie(request);
  },
  throws: () => {
    throw new Error('no session store');
  },
  hangs: () => new Promise<undefined>(() => undefined),
};

@Module({
  imports: [
    SentryModule.forRoot({
      user: user.cookie,
      tunnel: {
        path: '/monitoring',
        ...JSON.parse(TUNNEL),
        ...(TUNNEL_USER && { user: user[TUNNEL_USER as keyof typeof user] }),
      },
    }),
  ],
  controllers: [ShopController],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule, { fastify: { logger: true, trustProxy: TRUST } });
  app.use((request: any, _response: unknown, next: () => void) => {
    if (!request.url.startsWith('/seen')) seen.push('middleware');
    next();
  });
  if (PREFIX) app.setGlobalPrefix(PREFIX);
  if (PLATFORM === 'express') app.getHttpAdapter().getInstance().set('trust proxy', TRUST);
  app.useGlobalGuards({ canActivate: (host: any) => host.getHandler().name === 'seen' || seen.push('guard') > 0 });
  const answer = async (message: any) => {
    if (message === 'memory') {
      globalThis.gc!();
      return process.memoryUsage();
    }
    const request = { method: 'POST', url: '/monitoring', payload: message.inject };
    const response = await app.getHttpAdapter().getInstance().inject(request);
    return { status: response.statusCode, body: response.json() };
  };
  answerTests(app, await listen(app), answer, '1s');
}
void main();
