import { Database, forgetPushSubscriptionsOfSession } from '@anw/persistence';
import { DatabaseSessions } from '@anw/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Logins of nurses: who logs out hears no more of her route. A login that is only left alone goes on hearing: it is why she comes back. */
@Injectable()
export class NurseSessions extends DatabaseSessions {
  constructor(@Inject(Database) private readonly tables: Database) {
    super(tables);
  }

  override async end(hash: string): Promise<void> {
    await super.end(hash);
    await this.tables.acrossOrganisations((tx) => forgetPushSubscriptionsOfSession(tx, hash));
  }
}
