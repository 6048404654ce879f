// Packages that the documentation names and that are not installed here: only what its blocks use of them.
declare module 'supertest' {
  interface Test extends Promise<unknown> {
    post(path: string): Test;
    send(body: object): Test;
    expect(status: number): Test;
  }
  export default function request(server: unknown): Test;
}

declare module 'stripe' {
  class Stripe {
    readonly VERSION: string;
  }
  namespace Stripe.errors {
    class StripeError extends Error {}
  }
  export default Stripe;
}

declare module '@prisma/adapter-pg' {
  export const PrismaPg: new (options: { connectionString: string | undefined }) => object;
}

declare module '@prisma/client' {
  export class PrismaClient {
    constructor(options: { adapter: object });
    $extends(extension: unknown): this;
  }
}
