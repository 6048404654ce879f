import { ServiceUnavailableException } from '@nestjs/common';

/** Every morning, for a minute or two: known, and nobody can do anything about it. */
export class CarrierBusyError extends ServiceUnavailableException {
  constructor() {
    super('The carrier is busy');
  }
}
