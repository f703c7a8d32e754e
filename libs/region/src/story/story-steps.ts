import type { StoryStep } from './play-story.js';
import type { StoryContext } from './story-context.js';

/** The main job, step by step (design §2). */
export const storySteps: readonly StoryStep<StoryContext>[] = [];
