export interface Product {
  readonly title: string;
  /** In cents. */
  readonly price: number;
}

/** The products of the shop, by SKU. */
export const catalogue: ReadonlyMap<string, Product> = new Map([
  ['tea', { title: 'Darjeeling, 250 g', price: 1290 }],
  ['pot', { title: 'Teapot, cast iron', price: 4900 }],
  ['cup', { title: 'Cup, porcelain', price: 1450 }],
]);
