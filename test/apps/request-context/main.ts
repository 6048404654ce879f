import '../shared/instrument.js';
import 'reflect-metadata';
import { Body, Controller, Get, Inject, Module, Param, Post, Req } from '@nestjs/common';
import { ClsModule, ClsService } from 'nestjs-cls';
import { SentryModule } from 'nestjs-error-tracker';
import { createApp } from '../shared/create-app.js';
import { answerTests, listen } from '../shared/serve.js';

const setup = (cls: ClsService, request: any) => {
  cls.set('tenantId', request.headers['x-tenant']);
  cls.set('user', { role: 'buyer', secret: 'not named' });
};
const ofContext = (cls: ClsService, context: any) => {
  setup(cls, context.switchToHttp().getRequest());
};
const mounted: Record<string, object> = {
  middleware: { middleware: { mount: true, setup } },
  guard: { guard: { mount: true, setup: ofContext } },
  interceptor: { interceptor: { mount: true, setup: ofContext } },
};

@Controller()
class OrdersController {
  constructor(@Inject(ClsService) private readonly cls: ClsService) {}

  @Get('orders/:orderId/:token')
  async order(@Param('orderId') id: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, Number(id) % 5));
    this.cls.set('step', `step ${id}`);
    throw new Error(`order ${id}`);
  }

  @Post('orders')
  create(@Body() _body: object, @Req() _request: object): void {
    throw new Error('not created');
  }

  @Get('fine')
  fine(): string {
    return 'fine';
  }
}

@Module({
  imports: [
    SentryModule.forRoot({ context: { cls: ['tenantId', 'user.role', 'step', 'missing', 'user'] } }),
    ...(process.env.MOUNT ? [ClsModule.forRoot({ global: true, ...mounted[process.env.MOUNT] })] : []),
  ],
  controllers: process.env.MOUNT ? [OrdersController] : [],
})
class AppModule {}

async function main() {
  const app = await createApp(AppModule);
  answerTests(app, await listen(app));
}
void main();
