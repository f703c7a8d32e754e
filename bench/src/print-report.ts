import type { Figure, Report } from './benchmark.js';
import type { Share } from './measure/where-time-goes.js';

/** The report as a table for people. */
export function formatReport({ title, verification, figures, shares = [] }: Report): string {
  const { openssl, node } = verification;
  const unit = openssl === undefined ? `1 U = ${print(node)} µs (node:crypto; no openssl here)` : `1 U = ${print(openssl)} µs (openssl speed; node:crypto ${print(node)} µs)`;
  const width = Math.max(...figures.map(({ name }) => name.length));
  const lines = figures.map((figure) => `  ${figure.name.padEnd(width)}  ${`${print(figure.value)} ${figure.unit}`.padStart(12)}${budgetOf(figure)}`);
  return [title, `  ${unit}`, ...lines, ...sharesOf(shares)].join('\n');
}

function sharesOf(shares: readonly Share[]): readonly string[] {
  if (shares.length === 0) return [];
  return ['  Where the time goes, while profiled:', ...shares.map(({ name, percent }) => `    ${percent.toFixed(1).padStart(5)} %  ${name}`)];
}

/** No figure that has a budget is above it. */
export function keepsBudgets({ figures }: Report): boolean {
  return figures.every(({ value, budget }) => budget === undefined || value <= budget);
}

function budgetOf({ value, budget, unit }: Figure): string {
  if (budget === undefined) return '';
  return `   budget ≤ ${budget} ${unit}: ${value <= budget ? 'kept' : 'EXCEEDED'}`;
}

function print(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
