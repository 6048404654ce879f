import { defineDomain } from 'nestjs-error-tracker';

export interface InvoicingData {
  orderId: number;
  layout: 'text' | 'pdf';
}

/** The errors of this domain have the tags `domain` and `invoicing.layout`. */
export const invoicing = defineDomain<InvoicingData>('invoicing', { tags: ['layout'] });
