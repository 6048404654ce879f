import { Injectable } from '@nestjs/common';
import { SkipTracking, TrackOperation } from 'nestjs-error-tracker';

const PIECES = 50;

/** What is on the shelves; a table in a real shop. All methods are operations, but for the one that would be noise. */
@Injectable()
@TrackOperation({ op: 'warehouse' })
export class Shelves {
  private readonly taken = new Map<string, number>();

  take(sku: string, quantity: number): void {
    const left = this.left(sku);
    if (quantity > left) throw new Error(`The shelf of ${sku} has ${left} pieces, not ${quantity}`);
    this.taken.set(sku, PIECES - left + quantity);
  }

  @SkipTracking() // called everywhere, and never the reason of anything
  left(sku: string): number {
    return PIECES - (this.taken.get(sku) ?? 0);
  }
}
