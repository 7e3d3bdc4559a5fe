import { codeSpace, maxFill } from '#lib/codes/generator/alphabet';
import { jobLimits } from '#lib/jobs/limits';

const { min, max } = jobLimits.codeLength;

/** How many random guesses it takes on average to hit one of so many codes; null when there is none to hit. */
export function expectedGuesses(liveCodes: number, codeLength: number): number | null {
  return liveCodes > 0 ? codeSpace(codeLength) / liveCodes : null;
}

/** The least length at which so many codes fill no more of their space than is safe; null when none does. */
export function minSafeLength(numberOfCodes: number): number | null {
  for (let length: number = min; length <= max; length++) {
    if (numberOfCodes <= codeSpace(length) * maxFill) return length;
  }
  return null;
}
