import type { StepResult, StoryResult } from './play-story.js';

/** How a story is told: line by line as it goes, and one line at the end. */
export interface StoryPrinter {
  step(result: StepResult): string;
  end(result: StoryResult): string;
}

/** The two figures that a story is remembered by; a step reports each as a fact of that name, in milliseconds. */
const figures = ['clickToRoute', 'clickToDossier'] as const;

/** One JSON object per line; the last says whether all held. */
export const jsonPrinter: StoryPrinter = {
  step: ({ step, ok, ms, facts, error }) => JSON.stringify({ step, ok, ms, ...facts, ...(error !== undefined && { error }) }),
  end: (result) => JSON.stringify({ ok: result.ok, ...figuresOf(result), steps: result.steps.length, ...(result.failed !== undefined && { failed: result.failed }) }),
};

/** For people. */
export const plainPrinter: StoryPrinter = {
  step: ({ title, ok, ms, error }) => `${ok ? 'ok    ' : 'FAILED'} ${ms.toFixed(1).padStart(8)} ms  ${title}${error === undefined ? '' : `\n        ${error}`}`,
  end: (result) => {
    if (!result.ok) return `The story did not hold: ${result.failed ?? 'it has no steps'}.`;
    const told = Object.entries(figuresOf(result)).map(([name, ms]) => `${name} ${ms} ms`);
    return [`The story held, ${result.steps.length} steps.`, ...told].join(' ');
  },
};

function figuresOf(result: StoryResult): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { facts } of result.steps) {
    for (const name of figures) if (typeof facts[name] === 'number') found[name] = facts[name];
  }
  return found;
}
