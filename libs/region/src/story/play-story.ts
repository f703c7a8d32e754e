/** What a step may tell beside having held: goes into its line as it is. */
export interface StepFacts {
  readonly [name: string]: string | number | boolean | null | undefined;
}

/** One step of the story: it holds when `run` resolves, and does not when it rejects. */
export interface StoryStep<Context> {
  /** Short and stable, for machines: `authorization-issued`. */
  readonly name: string;
  /** The sentence that holds when the step does. */
  readonly title: string;
  run(context: Context): Promise<StepFacts | void>;
}

export interface StepResult {
  readonly step: string;
  readonly ok: boolean;
  /** Milliseconds, to a tenth. */
  readonly ms: number;
  readonly facts: StepFacts;
  readonly title: string;
  readonly error?: string;
}

export interface StoryResult {
  readonly ok: boolean;
  readonly steps: readonly StepResult[];
  /** Name of the step that did not hold; those after it were not played. */
  readonly failed?: string;
}

export interface PlayStoryOptions<Context> {
  readonly steps: readonly StoryStep<Context>[];
  readonly context: Context;
  /** Hears of each step as it ends. */
  readonly report: (result: StepResult) => void;
  /** Milliseconds that only go up. */
  readonly stopwatch?: () => number;
}

/** Plays the steps one after another, each timed, and stops at the first that does not hold. */
export async function playStory<Context>({ steps, context, report, stopwatch = () => performance.now() }: PlayStoryOptions<Context>): Promise<StoryResult> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const result = await play(step, context, stopwatch);
    results.push(result);
    report(result);
    if (!result.ok) return { ok: false, steps: results, failed: step.name };
  }
  return { ok: results.length > 0, steps: results };
}

async function play<Context>(step: StoryStep<Context>, context: Context, stopwatch: () => number): Promise<StepResult> {
  const start = stopwatch();
  const elapsed = (): number => Math.round((stopwatch() - start) * 10) / 10;
  try {
    const facts = (await step.run(context)) ?? {};
    return { step: step.name, title: step.title, ok: true, ms: elapsed(), facts };
  } catch (error) {
    return { step: step.name, title: step.title, ok: false, ms: elapsed(), facts: {}, error: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${messageOf(error.cause)})`;
}
