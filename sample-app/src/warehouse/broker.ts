import { type ClientProvider, type MicroserviceOptions, Transport } from '@nestjs/microservices';

export const BROKER = Symbol('broker');
const QUEUE = 'shop-warehouse';

/**
 * RabbitMQ, NATS or MQTT, by the scheme of the URL.
 *
 * @throws TypeError - if it is none of them
 */
export function brokerAt(url: string): MicroserviceOptions & ClientProvider {
  const { protocol } = new URL(url);
  if (protocol === 'amqp:' || protocol === 'amqps:')
    return { transport: Transport.RMQ, options: { urls: [url], queue: QUEUE, queueOptions: { durable: true } } };
  if (protocol === 'nats:') return { transport: Transport.NATS, options: { servers: [url], queue: QUEUE } };
  if (protocol === 'mqtt:') return { transport: Transport.MQTT, options: { url } };
  throw new TypeError(`BROKER_URL: received ${protocol}; expected amqp:, amqps:, nats: or mqtt:`);
}
