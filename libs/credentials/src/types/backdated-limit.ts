import type { ValidityPeriod } from '@anw/values';
import { BACKDATE_SECONDS } from '../issue-credential.js';
import { lengthInSeconds } from './read-claims.js';

/** Makes room for the back-dated start: verifiers count `exp − nbf`. @throws RangeError when the period itself is over the limit */
export function shortenToLimit(period: ValidityPeriod, maxSeconds: number): ValidityPeriod {
  const length = lengthInSeconds(period);
  if (length > maxSeconds) throw new RangeError(`a period of ${length} s is longer than the ${maxSeconds} s allowed`);
  const excess = Math.max(0, length + BACKDATE_SECONDS - maxSeconds);
  return { from: period.from, until: new Date(period.until.getTime() - excess * 1000) };
}
