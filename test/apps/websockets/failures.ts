import { WsException } from '@nestjs/websockets';
import { commonFailures } from '../shared/failures.js';

class ForbiddenRoom extends WsException {
  constructor(room: string) {
    super(`forbidden ${room}`);
  }
}

/** A WsException of another copy of Nest: the shape without the class. */
const Foreign = {
  WsException: class WsException extends Error {
    getError() {
      return this.message;
    }
  },
};

/** What handlers of events throw, by name. */
export const throwables: Record<string, () => unknown> = {
  ...commonFailures,
  ws: () => new WsException('no such room'),
  wsObject: () => new WsException({ code: 'E_ROOM', message: 'no such room' }),
  wsSubclass: () => new ForbiddenRoom('lobby'),
  wsForeign: () => new Foreign.WsException('foreign room'),
  getters: () =>
    Object.defineProperty(new Error('hidden'), 'cause', {
      get: () => {
        throw new Error('getter of cause');
      },
    }),
};
