export type { FigurePoint } from './figure.js';
export { recordFigure } from './record-figure.js';
