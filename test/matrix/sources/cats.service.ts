import { Injectable } from '@nestjs/common';
import { TrackOperation } from 'nestjs-error-tracker';

@Injectable()
export class CatsService {
  @TrackOperation('cats.find', { data: (id: string) => ({ id }) })
  async find(id: string): Promise<{ id: string }> {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (id === '0') throw new Error('there is no cat 0');
    return { id };
  }
}
