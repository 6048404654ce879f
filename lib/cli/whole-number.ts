import { InvalidArgumentError } from 'commander';

/** Parses an option as a whole number from `min` to `max`; anything else is a usage error. */
export function wholeNumber(min: number, max: number, example: string): (value: string) => number {
  return (value) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}, for example ${example}.`);
  };
}
