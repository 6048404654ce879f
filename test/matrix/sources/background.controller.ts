import { Controller, Get } from '@nestjs/common';

/** Failures of timers, which nobody waits for. */
@Controller('background')
export class BackgroundController {
  @Get('reject')
  reject(): string {
    setTimeout(() => void Promise.reject(new Error('rejected in the background')), 20);
    return 'started';
  }

  @Get('throw')
  throw(): string {
    setTimeout(() => {
      throw new Error('thrown in the background');
    }, 20);
    return 'started';
  }
}
