/**
 * A value whose type only the application knows, typed like the result of `JSON.parse`: a callback can use it without
 * an annotation, or annotate it with its own type. With `unknown`, every callback would need a cast.
 *
 * @example
 * ```ts
 * SentryModule.forRoot({
 *   user: ({ user }) => user && { id: user.sub }, // any property
 * });
 * ```
 */
export type ApplicationValue = ReturnType<typeof JSON.parse>;

/**
 * The properties that a resolver can read without an annotation, for the requests of all transports. Annotate the
 * parameter with your own request type to have it checked: `(request: ShopRequest) => …`.
 *
 * @example
 * ```ts
 * import { type RequestLike } from 'nestjs-error-tracker';
 *
 * const channelOf = ({ headers }: RequestLike) => ({ channel: headers?.['x-channel'] });
 * SentryModule.forRoot({ context: { tags: channelOf } });
 * ```
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
