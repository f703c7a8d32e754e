import { appendFileSync } from 'node:fs';
import { type Figure, FIGURES_VARIABLE, type FigurePoint } from './figure.js';

/** Notes what a specification measured, for `npm run figures`; does nothing in any other run. */
export function recordFigure(point: FigurePoint, name: string, value: number | string, unit = ''): void {
  const file = process.env[FIGURES_VARIABLE];
  if (file === undefined) return;
  const figure: Figure = { point, name, value, unit };
  appendFileSync(file, `${JSON.stringify(figure)}\n`);
}
