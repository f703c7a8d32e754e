import type {
  ClaimedMessage,
  ClaimRequest,
  NotificationEvent,
  NotificationStores,
  OutboxMessage,
  ParkedMessage,
  RelayOutcome,
  RelayStore,
} from '@anw/notifications';
import type { Did, OrganisationId } from '@anw/values';

interface OutboxEntry extends OutboxMessage {
  readonly organisation: OrganisationId;
  readonly createdAt: Date;
  readonly onBusSince?: Date;
}

interface State {
  readonly handled: ReadonlySet<string>;
  readonly outbox: ReadonlyMap<string, OutboxEntry>;
  readonly parked: ReadonlyMap<string, ParkedMessage & { readonly organisation: OrganisationId }>;
}

/** Twin of the notification tables: a transaction that rejects leaves nothing behind; transactions run one after another. */
export class InMemoryNotifications implements RelayStore {
  private state: State = { handled: new Set(), outbox: new Map(), parked: new Map() };
  private last: Promise<unknown> = Promise.resolve();

  readonly transaction = <T>(organisation: OrganisationId, work: (stores: NotificationStores) => Promise<T>): Promise<T> => {
    const run = this.last.then(() => this.runTransaction(organisation, work));
    this.last = run.catch(() => undefined);
    return run;
  };

  get messages(): readonly OutboxMessage[] {
    return [...this.state.outbox.values()];
  }

  get parked(): readonly ParkedMessage[] {
    return [...this.state.parked.values()];
  }

  message(eventId: string): OutboxMessage | undefined {
    return this.messages.find(({ event }) => event.id === eventId);
  }

  async claimDue({ now, leaseUntil, limit, exceptRecipients }: ClaimRequest): Promise<readonly ClaimedMessage[]> {
    const due = [...this.state.outbox]
      .filter(([, entry]) => entry.nextAttemptAt !== undefined && entry.nextAttemptAt <= now && !exceptRecipients.includes(entry.event.data.recipient))
      .slice(0, limit);
    for (const [key, entry] of due) this.replace(key, { ...entry, nextAttemptAt: leaseUntil });
    return due.map(([, entry]) => entry as ClaimedMessage);
  }

  async record(message: ClaimedMessage, outcome: RelayOutcome): Promise<void> {
    const key = keyOf(message.organisation, message.event.id);
    const entry = this.state.outbox.get(key);
    if (entry === undefined || entry.state === 'received' || entry.state === 'parked') return;
    this.replace(key, afterOutcome(entry, outcome));
  }

  async forgetBefore(instant: Date): Promise<void> {
    const outbox = [...this.state.outbox].filter(([, entry]) => entry.nextAttemptAt !== undefined || entry.createdAt >= instant);
    this.state = { ...this.state, outbox: new Map(outbox) };
  }

  private async runTransaction<T>(organisation: OrganisationId, work: (stores: NotificationStores) => Promise<T>): Promise<T> {
    const before = this.state;
    try {
      return await work(this.storesOf(organisation));
    } catch (error) {
      this.state = before;
      throw error;
    }
  }

  private storesOf(organisation: OrganisationId): NotificationStores {
    return {
      inbox: {
        accept: async (event) => this.accept(inboxKey(organisation, event)),
        has: async (event) => this.state.handled.has(inboxKey(organisation, event)),
      },
      outbox: {
        put: async (event, jws) => this.put(organisation, event, jws),
        markReceived: async (eventId, _at, by) => this.markReceived(keyOf(organisation, eventId), by),
      },
      parking: {
        park: async (message) => {
          this.state = { ...this.state, parked: new Map([...this.state.parked, [keyOf(organisation, message.id), { ...message, organisation }]]) };
        },
        listParked: async (limit) => [...this.state.parked.values()].filter((message) => message.organisation === organisation).slice(-limit).reverse(),
      },
    };
  }

  private accept(key: string): boolean {
    if (this.state.handled.has(key)) return false;
    this.state = { ...this.state, handled: new Set([...this.state.handled, key]) };
    return true;
  }

  private put(organisation: OrganisationId, event: NotificationEvent, jws: string): void {
    const key = keyOf(organisation, event.id);
    const createdAt = new Date(event.time);
    if (!this.state.outbox.has(key)) this.replace(key, { organisation, event, jws, state: 'pending', attempts: 0, createdAt, nextAttemptAt: createdAt });
  }

  private markReceived(key: string, by: Did): void {
    const entry = this.state.outbox.get(key);
    if (entry?.event.data.recipient === by) this.replace(key, { ...entry, state: 'received', nextAttemptAt: undefined });
  }

  private replace(key: string, entry: OutboxEntry): void {
    this.state = { ...this.state, outbox: new Map([...this.state.outbox, [key, entry]]) };
  }
}

function afterOutcome(entry: OutboxEntry, outcome: RelayOutcome): OutboxEntry {
  switch (outcome.kind) {
    case 'taken':
      return {
        ...entry,
        state: 'sent',
        attempts: entry.attempts + 1,
        nextAttemptAt: outcome.nextAttemptAt,
        onBusSince: outcome.channel === 'bus' ? outcome.at : entry.onBusSince,
      };
    case 'failed':
      return { ...entry, attempts: entry.attempts + 1, nextAttemptAt: outcome.nextAttemptAt };
    case 'expired':
      return { ...entry, state: 'parked', nextAttemptAt: undefined };
  }
}

function keyOf(organisation: OrganisationId, id: string): string {
  return `${organisation} ${id}`;
}

function inboxKey(organisation: OrganisationId, event: NotificationEvent): string {
  return `${organisation} ${event.id} ${event.source}`;
}
