import { Body, Controller, Headers, HttpCode, Post, UnauthorizedException } from '@nestjs/common';
import { Report } from 'nestjs-error-tracker';
import { configuration } from '../configuration.js';
import { ParcelUpdate } from './parcel-update.js';
import { ShippingService } from './shipping.service.js';

/**
 * Called by the carrier. A body that we refuse is nobody's typing error but a misunderstanding between two programs, and
 * a customer who is not told of the parcel: here, a 400 is reported.
 */
@Controller('carrier/parcels')
@Report({ status: { 400: 1 } })
export class CarrierController {
  constructor(private readonly shipping: ShippingService) {}

  @Post()
  @HttpCode(204)
  async update(@Headers('x-carrier-key') key: string, @Body() update: ParcelUpdate): Promise<void> {
    const { carrierKey } = configuration;
    if (carrierKey === undefined || key !== carrierKey) throw new UnauthorizedException();
    await this.shipping.update(update);
  }
}
