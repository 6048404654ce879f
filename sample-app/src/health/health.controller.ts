import { Controller, Get } from '@nestjs/common';
import { ErrorTracker } from 'nestjs-error-tracker';

@Controller('health')
export class HealthController {
  constructor(private readonly tracker: ErrorTracker) {}

  /** The shop is healthy even if its events cannot be delivered; the response shows the state of the tracker. */
  @Get()
  check(): { status: 'ok'; tracking: string } {
    return { status: 'ok', tracking: this.tracker.status().state };
  }
}
