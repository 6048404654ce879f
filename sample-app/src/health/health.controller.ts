import { Controller, Get } from '@nestjs/common';
import { ErrorTracker } from 'nestjs-error-tracker';

@Controller('health')
export class HealthController {
  constructor(private readonly tracker: ErrorTracker) {}

  /** The shop is well also while its events cannot be delivered, but says so. */
  @Get()
  check(): { status: 'ok'; tracking: string } {
    return { status: 'ok', tracking: this.tracker.status().state };
  }
}
