import { Figure, figurePoints } from './figure.js';

/** Reads what `recordFigure` wrote. @throws ZodError, SyntaxError */
export function parseFigures(lines: string): readonly Figure[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Figure.parse(JSON.parse(line)));
}

/** One table for each point, in which the figures stand in the order of their recording. */
export function printFigures(figures: readonly Figure[]): string {
  return figurePoints.map(([point, title]) => tableOf(`${point}. ${title}`, figures.filter((figure) => figure.point === point))).join('\n\n');
}

function tableOf(title: string, figures: readonly Figure[]): string {
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  const rows = figures.map(({ name, value, unit }) => `   ${name.padEnd(width)}  ${formatValue(value)} ${unit}`.trimEnd());
  return [title, ...(rows.length === 0 ? ['   no figure was recorded'] : rows)].join('\n');
}

function formatValue(value: Figure['value']): string {
  return typeof value === 'string' || Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}
