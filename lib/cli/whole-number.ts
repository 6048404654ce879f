import { InvalidArgumentError } from 'commander';

/** Reads the value of an option as a whole number from `least` to `most`; anything else is wrong use. */
export function wholeNumber(least: number, most: number, example: string): (given: string) => number {
  return (given) => {
    const number = /^\d{1,15}$/.test(given) ? Number(given) : NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}, for example ${example}.`);
  };
}
