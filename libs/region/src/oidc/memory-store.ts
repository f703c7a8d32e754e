import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Stored {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** What the login server remembers, in memory: whoever restarts the region logs in again. */
export function createMemoryStore(): (model: string) => Adapter {
  const rows = new Map<string, Stored>();
  return (model) => new MemoryStore(model, rows);
}

class MemoryStore implements Adapter {
  constructor(
    private readonly model: string,
    private readonly rows: Map<string, Stored>,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    this.forgetExpired();
    this.rows.set(this.key(id), { payload, until: expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000 });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.live(this.rows.get(this.key(id)));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.first((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.first((payload) => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const row = this.rows.get(this.key(id));
    if (row !== undefined) row.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.rows.delete(this.key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of this.rows) if (payload.grantId === grantId) this.rows.delete(key);
  }

  private first(wanted: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, row] of this.rows) if (key.startsWith(`${this.model}:`) && wanted(row.payload)) return this.live(row);
    return undefined;
  }

  private live(row: Stored | undefined): AdapterPayload | undefined {
    return row !== undefined && row.until > Date.now() ? row.payload : undefined;
  }

  private forgetExpired(): void {
    for (const [key, { until }] of this.rows) if (until <= Date.now()) this.rows.delete(key);
  }

  private key(id: string): string {
    return `${this.model}:${id}`;
  }
}
