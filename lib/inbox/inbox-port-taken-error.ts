/** Thrown by {@link startInbox} if its port is already in use. */
export class InboxPortTakenError extends Error {
  override readonly name = 'InboxPortTakenError';
  readonly code = 'EADDRINUSE';

  constructor(
    readonly port: number,
    readonly host: string,
  ) {
    super(
      `port ${port} on ${host} is already in use, perhaps by another inbox. ` +
        `Stop that process, or use another port (--port ${port === 65_535 ? 0 : port + 1}; 0 selects a free one)`,
    );
  }
}
