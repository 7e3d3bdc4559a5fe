import { codeSpace, maxFill } from '#lib/codes/generator/alphabet';
import { jobLimits } from '#lib/jobs/limits';

const { min, max } = jobLimits.codeLength;

/** Returns the average number of random guesses that find one of `codes` codes; null when there are no codes. */
export function expectedGuesses(codes: number, codeLength: number): number | null {
  return codes > 0 ? codeSpace(codeLength) / codes : null;
}

/** Returns the shortest length at which `numberOfCodes` codes use a safe share of the possible codes; null when there is none. */
export function minSafeLength(numberOfCodes: number): number | null {
  for (let length: number = min; length <= max; length++) {
    if (numberOfCodes <= codeSpace(length) * maxFill) return length;
  }
  return null;
}
