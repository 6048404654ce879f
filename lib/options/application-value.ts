/**
 * A value whose type only the application knows, as open as what `JSON.parse` returns: a callback without an
 * annotation can use it, and one with an annotation is checked against its own. With `unknown` none could be written
 * without a cast, with `never` not even that.
 */
export type ApplicationValue = ReturnType<typeof JSON.parse>;

/**
 * What a resolver may read without an annotation: what the requests of all transports may have. Annotate the parameter
 * with the request of the application to have it checked: `(request: ShopRequest) => …`.
 */
export interface RequestLike {
  readonly user?: ApplicationValue;
  readonly headers?: ApplicationValue;
  readonly params?: ApplicationValue;
  readonly query?: ApplicationValue;
  readonly body?: ApplicationValue;
  readonly ip?: string | undefined;
  toString(): string;
}
