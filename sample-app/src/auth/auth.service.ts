import { ConflictException, Injectable, ServiceUnavailableException, UnauthorizedException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { InjectRepository } from '@nestjs/typeorm';
import { ErrorTracker, TrackOperation } from 'nestjs-error-tracker';
import { Repository } from 'typeorm';
import type { Credentials } from './credentials.js';
import { Customer } from './customer.entity.js';
import { hashPassword, isPassword } from './password.js';

@Injectable()
export class AuthService {
  constructor(
    @InjectRepository(Customer) private readonly customers: Repository<Customer>,
    private readonly jwt: JwtService,
    private readonly tracker: ErrorTracker,
  ) {}

  async register({ email, password }: Credentials): Promise<Customer> {
    if (await this.customers.existsBy({ email }))
      throw new ConflictException('An account with this address already exists');
    const passwordHash = await hashPassword(password);
    const customer = await this.customers.save(this.customers.create({ email, passwordHash }));
    this.tracker.recordEvent('customer.registered', { customerId: customer.id });
    return customer;
  }

  /** A wrong password is an expected 401: it is recorded as a breadcrumb, but not reported. */
  @TrackOperation('auth.login')
  async login({ email, password }: Credentials): Promise<string> {
    const customer = await this.customers.findOneBy({ email });
    if (!customer || !(await isPassword(password, customer.passwordHash))) {
      throw new UnauthorizedException('Wrong email or password');
    }
    return this.sign(customer);
  }

  /** The password was correct: failing to sign a token, because the key is missing, is an error of the shop. */
  private async sign({ id, email }: Customer): Promise<string> {
    try {
      return await this.jwt.signAsync({ sub: id, email });
    } catch (error) {
      this.tracker.captureAuthError(error, { action: 'login', reason: 'token-not-signed', userId: id });
      throw new ServiceUnavailableException('Login is currently unavailable', { cause: error }); // the cause is already reported
    }
  }
}
