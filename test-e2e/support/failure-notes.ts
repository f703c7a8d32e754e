/** Asked when a test of this file failed, while everything of it still stands: what would a person see? */
export type FailureNote = () => Promise<string>;

/** Where the environment of the stories finds them: a specification file has a world of its own. */
export interface NotesOfWorld {
  anwFailureNotes?: Set<FailureNote>;
}

/** @returns how to take it away */
export function noteOnFailure(note: FailureNote): () => void {
  const world = globalThis as NotesOfWorld;
  world.anwFailureNotes ??= new Set();
  const notes = world.anwFailureNotes;
  notes.add(note);
  return () => void notes.delete(note);
}
