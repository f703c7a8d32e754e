import { playStory, type StoryContext, storySteps } from '@anw/region';

/** Plays the story from one step to another, both included. @throws Error with the step that did not hold */
export async function playPart(context: StoryContext, { from = storySteps[0]!.name, to = storySteps.at(-1)!.name }: { readonly from?: string; readonly to?: string } = {}): Promise<void> {
  const steps = storySteps.slice(indexOf(from), indexOf(to) + 1);
  const result = await playStory({ steps, context, report: () => undefined });
  const last = result.steps.at(-1);
  if (!result.ok) throw new Error(`the story stopped at ${result.failed}: ${last?.error}`);
}

function indexOf(name: string): number {
  const index = storySteps.findIndex((step) => step.name === name);
  if (index < 0) throw new Error(`the story has no step ${name}`);
  return index;
}
