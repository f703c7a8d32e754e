import type { StoryStep } from './play-story.js';
import { assignmentSteps } from './steps/assignment.js';
import { endingSteps } from './steps/ending.js';
import { triageSteps } from './steps/triage.js';
import { visitSteps } from './steps/visit.js';
import type { StoryContext } from './story-context.js';

/** The main job, step by step (design §2). */
export const storySteps: readonly StoryStep<StoryContext>[] = [...triageSteps, ...assignmentSteps, ...visitSteps, ...endingSteps];
