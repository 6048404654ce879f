import { defineDomain } from 'nestjs-error-tracker';

export interface InvoicingData {
  orderId: number;
  layout: 'text' | 'pdf';
}

/** What goes wrong here holds up the accounts: found by the tag `domain`, or by `invoicing.layout`. */
export const invoicing = defineDomain<InvoicingData>('invoicing', { tags: ['layout'] });
