import { z } from 'zod';

/** Points that are shown in figures, in this order: those of the issue of trust by number, later ones by issue and number. */
export const figurePoints = [
  [4, 'Allowlist, delegation, enrolment'],
  [5, 'Revocation'],
  [7, 'Log that holds'],
  [8, 'Hostile input'],
  ['issue 4: 1', 'Every item is read'],
  ['issue 4: 3', 'Writes exactly once'],
  ['issue 4: 6', 'Sources'],
  ['issue 4: 7', 'Nothing clinical stays'],
  ['issue 4: 8', 'Validation by others'],
  ['issue 5: 6', 'Call to visit by keyboard'],
  ['issue 5: 13', 'Accessible and fast'],
  ['issue 5: 14', 'The main job in browsers'],
] as const;
export type FigurePoint = (typeof figurePoints)[number][0];

/** Something that a specification counted or measured while it ran. */
export const Figure = z.object({
  point: z.literal(figurePoints.map(([point]) => point)),
  name: z.string(),
  /** A number in `unit`, or a few words. */
  value: z.union([z.number(), z.string()]),
  unit: z.string(),
});
export type Figure = z.infer<typeof Figure>;

/** Name of the environment variable that holds the file which figures are appended to, one JSON object a line. */
export const FIGURES_VARIABLE = 'ANW_FIGURES';
