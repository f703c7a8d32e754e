/** Answers that stay open, as server-sent events: a door that closes ends them, or it would wait for ever. */
export class OpenStreams {
  private readonly ends = new Set<() => void>();

  /** Remembers how to end a stream; call what it returns when the stream has ended by itself. */
  add(end: () => void): () => void {
    this.ends.add(end);
    return () => void this.ends.delete(end);
  }

  get count(): number {
    return this.ends.size;
  }

  endAll(): void {
    for (const end of this.ends) end();
    this.ends.clear();
  }
}
