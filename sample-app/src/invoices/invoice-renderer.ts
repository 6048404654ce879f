import { Injectable } from '@nestjs/common';
import { TrackOperation } from 'nestjs-error-tracker';
import { catalogue } from '../orders/catalogue.js';
import type { Order } from '../orders/order.entity.js';
import { invoicing, type InvoicingData } from './invoicing.js';

@Injectable()
export class InvoiceRenderer {
  @TrackOperation('invoices.render', {
    domain: invoicing,
    data: ({ id }: Order): InvoicingData => ({ orderId: id, layout: 'text' }),
  })
  render({ id, lines, address, total }: Order): string {
    const rows = lines.map(({ sku, quantity }) => `${quantity} x ${catalogue.get(sku)?.title ?? sku}`);
    const recipient = `${address.street}, ${address.city}`; // throws if the order has no address: see NewOrder
    return [`Invoice for order ${id}`, recipient, ...rows, `Total ${(total / 100).toFixed(2)} EUR`].join('\n');
  }
}
