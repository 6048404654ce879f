/** Thrown by {@link startInbox} when something else listens on its port already. */
export class InboxPortTakenError extends Error {
  override readonly name = 'InboxPortTakenError';
  readonly code = 'EADDRINUSE';

  constructor(
    readonly port: number,
    readonly host: string,
  ) {
    super(
      `port ${port} on ${host} is taken, perhaps by another inbox. ` +
        `Stop what listens there, or choose another port (--port ${port === 65_535 ? 0 : port + 1}; 0 takes any free one)`,
    );
  }
}
