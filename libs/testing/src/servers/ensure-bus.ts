import { containerEngineAnswers } from './container-engine.js';
import { ensureNatsServer } from './nats.js';

/** Jest global set-up of the stories: their regions want a bus, and one that cannot be had fails the run (design §8). */
export default async function ensureBusForJest(): Promise<void> {
  if (!containerEngineAnswers()) ensureNatsServer();
}
