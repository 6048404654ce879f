import { Controller } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { TrackOperation } from 'nestjs-error-tracker';

@Controller()
export class OrderMessages {
  @MessagePattern('orders.list')
  list() {
    return [];
  }
  @MessagePattern('orders.count')
  count() {
    return 0;
  }
  @TrackOperation({ critical: true })
  @MessagePattern('orders.pay')
  pay() {
    return 'paid';
  }
}

@WebSocketGateway()
export class OrdersGateway {
  @SubscribeMessage('poll')
  poll() {
    return { event: 'polled', data: 1 };
  }
  @SubscribeMessage('watch')
  watch() {
    return { event: 'watched', data: 1 };
  }
  @SubscribeMessage('bid')
  @TrackOperation({ critical: true })
  bid() {
    return { event: 'taken', data: 1 };
  }
  @SubscribeMessage('drain')
  drain() {
    return { event: 'drained', data: 1 };
  }
}
