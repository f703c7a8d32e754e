import { containerEngineAnswers, ensureChromium, ensureNatsServer } from '@anw/testing';
import { makeStoryTemplate } from './story-template.js';

/**
 * Jest global set-up of the stories: their regions want a bus, their pages a browser; what cannot be had fails the run
 * (design §8). Their regions begin with a copy of one PostgreSQL that is made here, migrated and empty.
 */
export default async function prepareStories(): Promise<void> {
  if (!containerEngineAnswers()) ensureNatsServer();
  ensureChromium();
  await makeStoryTemplate();
}
