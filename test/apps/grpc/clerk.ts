import { Injectable } from '@nestjs/common';
import { ErrorTracker, TrackOperation } from 'nestjs-error-tracker';

export interface Item {
  name?: string;
  password?: string;
  n?: number;
  user?: { id: string };
}

/** Says whose call it is. */
@Injectable()
export class Clerk {
  constructor(readonly tracker: ErrorTracker) {}

  begin(name: string) {
    this.tracker.setUser({ id: name });
    this.tracker.setTag('who', name);
    this.tracker.addBreadcrumb('test', `crumb of ${name}`);
  }
  @TrackOperation('orders.work')
  async work(name: string): Promise<never> {
    throw new Error(`failure of ${name}`);
  }
}
