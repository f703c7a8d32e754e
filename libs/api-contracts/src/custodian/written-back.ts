import { Did, EmployeeIdentifier, PatientId } from '@anw/values';
import { z } from 'zod';
import { Instant } from '../instant.js';

/** One thing a nurse of another organisation wrote into this custodian's record. */
export const WrittenBackItem = z.strictObject({
  /** `Observation/…` */
  resource: z.string(),
  kind: z.enum(['report', 'blood-pressure', 'measurement']),
  patient: z.strictObject({ id: PatientId, name: z.string() }),
  author: z.strictObject({ identifier: EmployeeIdentifier, name: z.string(), roleName: z.string().optional() }),
  actor: Did,
  /** Measured or written at the bedside. */
  effectiveAt: Instant,
  /** Stored here. */
  receivedAt: Instant,
  /** What the day team reads: the report, `120 mmHg / 80 mmHg`, or `Lichaamsgewicht 68,4 kg`. */
  text: z.string(),
});
export type WrittenBackItem = z.infer<typeof WrittenBackItem>;

/** `GET /api/written-back?since=`: for the day team, newest first. */
export const WrittenBackList = z.strictObject({ items: z.array(WrittenBackItem) });
export type WrittenBackList = z.infer<typeof WrittenBackList>;
