import { Inject, Injectable, Scope } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';

@Injectable({ scope: Scope.REQUEST })
export class Visit {
  static isBroken = false;

  constructor(@Inject(REQUEST) readonly client: any) {
    if (Visit.isBroken) throw new Error('failure in a constructor');
  }
}

/** Nest makes one of it for each client. */
@WebSocketGateway()
export class VisitGateway {
  constructor(@Inject(Visit) private readonly visit: Visit) {}

  handleConnection() {}

  @SubscribeMessage('visit')
  throw(@MessageBody('who') who: string): never {
    this.visit.client.user = { id: who };
    throw new Error('failure of a visit');
  }
}
