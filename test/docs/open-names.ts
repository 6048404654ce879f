// The names that blocks of the documentation use without declaring or importing them. What they show of this package
// comes from the package itself.

// What files of an application import.
export {
  Body,
  Catch,
  Controller,
  type ExceptionFilter,
  ForbiddenException,
  Get,
  Injectable,
  Logger,
  Module,
  Param,
  Post,
  type RawBodyRequest,
  Req,
  UnauthorizedException,
  type ArgumentsHost,
  type INestApplication,
} from '@nestjs/common';
export { ErrorTracker, Report, SentryModule, TrackOperation, defineDomain, initSentry } from 'nestjs-error-tracker';

import { type INestApplication, type Type } from '@nestjs/common';
import { type JwtService } from '@nestjs/jwt';
import { type ErrorTracker } from 'nestjs-error-tracker';

export declare const tracker: ErrorTracker;
export declare const error: unknown;

// The shop.
export interface Order {
  id: string;
  customerId: string;
  items: string[];
  total: number;
}
export interface Receipt {
  id: string;
}
export interface Parcel {
  carrier: string;
  label: string;
}
export interface Session {
  sub: string;
}
export interface ShopRequest {
  params: { id: string };
  user?: { sub: string; role: string };
  get(header: string): string | undefined;
}
export declare class OutOfStockError extends Error {}
export declare class CardDeclinedError extends Error {}
export declare class InvoicesService {
  send(invoice: object): Promise<void>;
}
export declare class PaymentGateway {
  charge(order: Order): Promise<Receipt>;
}
export declare class PaymentsService {
  refund(id: string): Promise<void>;
}
export declare const AppModule: Type;
export declare const OrdersModule: Type;
export declare const HealthController: Type;
/** What the class has of which a block shows only some members. */
export declare class Members {
  protected readonly tracker: ErrorTracker;
  protected readonly gateway: PaymentGateway;
  protected readonly orders: { findOne(id: string): Promise<Order> };
  protected readonly jwt: JwtService;
}
export declare const order: Order;
export declare const tenants: string[];
export declare function renew(tenant: string): Promise<void>;
export declare function isOutage(error: unknown): boolean;
export declare const printer: { print(label: string): void };
export declare const report: unknown;
export declare function render(report: unknown): Promise<number>;
export declare function sessionOf(cookie: string | undefined): { id: string } | undefined;

// Tests, and functions of a cloud.
export declare const app: INestApplication;
export declare const payment: object;
export declare const declined: object;
export declare const application: Promise<INestApplication>;
export declare function handle(app: INestApplication, event: unknown): Promise<unknown>;
