import 'nestjs-error-tracker/register';
import { Controller, Get } from '@nestjs/common';
import { ClsModule, ClsService } from 'nestjs-cls';
import { block, start, tell } from './host';
import { given } from './shop';

@Controller()
class Front {
  constructor(private readonly cls: ClsService) {}
  @Get('by-header')
  byHeader() {
    throw new Error('of a header');
  }
  @Get('by-cls')
  byCls() {
    this.cls.set('tenantId', 'initech');
    throw new Error('of nestjs-cls');
  }
}

tell(async () => {
  const cls = ClsModule.forRoot({ global: true, middleware: { mount: true } });
  const { ask, tracker } = await start({ imports: [block(0).module, cls], controllers: [Front] });
  await ask('/by-header', { headers: { 'x-tenant': 'acme' } });
  await ask('/by-cls');
  given.tracker = tracker;
  given.renew = async (tenant) => void tracker.captureException(new Error(`renewal of ${tenant}`));
  await block(1).run();
  tracker.captureException(new Error('of no tenant'));
  await tracker.flush('5s');
});
