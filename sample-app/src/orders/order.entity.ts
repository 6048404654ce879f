import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Address, OrderLine } from './new-order.js';

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  customerId!: number;

  @Column('simple-json')
  lines!: OrderLine[];

  @Column('simple-json', { nullable: true })
  address!: Address;

  /** In cents. */
  @Column()
  total!: number;

  @Column({ default: false })
  paid!: boolean;

  @CreateDateColumn()
  createdAt!: Date;
}
