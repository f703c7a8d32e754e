import { TestEnvironment } from 'jest-environment-node';
import type { NotesOfWorld } from './failure-notes.js';

/** Milliseconds: who does not answer by then, hangs. */
const PATIENCE = 10_000;

interface TestEvent {
  readonly name: string;
  readonly test?: { readonly name: string };
}

/** When a test fails, it says what stood on the pages and in the logs at that moment: a time-out alone tells nothing. */
export default class StoryEnvironment extends TestEnvironment {
  async handleTestEvent({ name, test }: TestEvent): Promise<void> {
    if (name !== 'test_fn_failure') return;
    for (const note of (this.global as NotesOfWorld).anwFailureNotes ?? []) {
      const words = await Promise.race([note().catch(String), new Promise<string>((resolve) => setTimeout(resolve, PATIENCE, 'no answer').unref())]);
      process.stderr.write(`--- when "${test?.name}" failed: ${words}\n`);
    }
  }
}
