import { InvalidArgumentError } from 'commander';

/** Reads the value of an option as a whole number from `least` to `most`; anything else is wrong use. */
export function wholeNumber(min: number, max: number, example: string): (given: string) => number {
  return (given) => {
    const number = /^\d{1,15}$/.test(given) ? Number(given) : NaN;
    if (number >= min && number <= max) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}, for example ${example}.`);
  };
}
