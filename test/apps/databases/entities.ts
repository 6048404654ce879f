import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity('customer')
@Unique('customer_email_key', ['email'])
export class Customer {
  @PrimaryGeneratedColumn()
  id!: number;
  @Column({ type: 'varchar', length: 200 })
  email!: string;
  @OneToMany('Purchase', 'customer')
  purchases!: Purchase[];
}

@Entity('purchase')
export class Purchase {
  @PrimaryGeneratedColumn()
  id!: number;
  @Column({ type: 'varchar', length: 200 })
  article!: string;
  @ManyToOne('Customer', 'purchases')
  customer!: Customer;
}
