import { Controller } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';

@Controller()
export class RpcController {
  @MessagePattern('leaks.ask')
  ask(): never {
    throw new Error('a message failed');
  }

  @EventPattern('leaks.tell')
  tell(): never {
    throw new Error('a message without an answer failed');
  }
}
