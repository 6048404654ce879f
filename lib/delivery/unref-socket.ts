import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/**
 * Prevents a connection to Sentry from keeping the process alive: only `ExitWait` decides how long a process whose work
 * is done waits for deliveries.
 */
export function unrefSocket(socket: Socket): void {
  socket.unref();
  // Node tries each address of a host with a new handle.
  if (socket.connecting) socket.on('connectionAttempt', () => socket.unref());
}

/** Unreferences the connections that `connect` opens internally before it returns. */
export function unrefSocketsOf<T>(connect: () => T): T {
  const onSocket = (message: unknown) => {
    unrefSocket((message as { socket: Socket }).socket);
  };
  subscribe('net.client.socket', onSocket);
  try {
    return connect();
  } finally {
    unsubscribe('net.client.socket', onSocket);
  }
}
