import { removeStoryTemplate } from './story-template.js';

/** Jest global tear-down of the stories. */
export default async function clearAfterStories(): Promise<void> {
  await removeStoryTemplate();
}
