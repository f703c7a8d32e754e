import { z } from 'zod';

const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];

function passesElevenTest(digits: string): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return digits !== '000000000' && sum % 11 === 0;
}

/** Burgerservicenummer: nine digits, leading zeros kept, passing the 11-proef. Travels in POST bodies only (design D7). */
export const Bsn = z.string().regex(/^\d{9}$/).refine(passesElevenTest).brand<'Bsn'>();
export type Bsn = z.infer<typeof Bsn>;
