import { Client, type ClientConfig } from 'pg';

/**
 * A client of the pool that always has a listener for `error`. A pool takes its own listener off when it hands a client
 * out, and TypeORM puts one on a moment later: a connection that the server ends in between, which is in the same packet
 * as its greeting, would otherwise end the process. Whoever uses the client hears of it all the same, for his query fails.
 */
export class SteadyClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
