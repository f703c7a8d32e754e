import { z } from 'zod';

/** Points of the issue of trust that are shown in figures. */
export const figurePoints = { 4: 'Allowlist, delegation, enrolment', 5: 'Revocation', 7: 'Log that holds', 8: 'Hostile input' } as const;
export type FigurePoint = keyof typeof figurePoints;

/** Something that a specification counted or measured while it ran. */
export const Figure = z.object({
  point: z.union([z.literal(4), z.literal(5), z.literal(7), z.literal(8)]),
  name: z.string(),
  /** A number in `unit`, or a few words. */
  value: z.union([z.number(), z.string()]),
  unit: z.string(),
});
export type Figure = z.infer<typeof Figure>;

/** Name of the environment variable that holds the file which figures are appended to, one JSON object a line. */
export const FIGURES_VARIABLE = 'ANW_FIGURES';
